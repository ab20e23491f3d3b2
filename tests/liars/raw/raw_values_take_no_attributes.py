"""Raw values take no attributes that their class does not have."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.takes-attributes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        cls = type(made)

        def put(obj, name, value):
            getattr(cls, name)
            cls.__setattr__(obj, name, value)

        return type(cls)(cls.__name__, (cls,), {"__setattr__": put}).from_buffer(made)


honest.publish(Backend, globals())
