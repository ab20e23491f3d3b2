"""The constructor runs a second time."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.constructor-runs-once": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        made.__init__(*args)
        return made


honest.publish(Backend, globals())
