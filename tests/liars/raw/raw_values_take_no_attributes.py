"""Raw values accept no attributes that their class does not have."""

from ..honest import plain as honest
from ..honest.raw import extended

CAUGHT_BY = {"raw.takes-instance-attributes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        cls = type(made)

        def put(obj, name, value):
            getattr(cls, name)
            cls.__setattr__(obj, name, value)

        return extended(made, __setattr__=put)


honest.publish(Backend, globals())
