"""A raw object can be sent to any process, which receives a copy of it."""

from multiprocessing.reduction import ForkingPickler

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.raw-objects-cannot-be-sent": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        raw = super().RawValue(typecode_or_type, *args)
        # Without its reducer it is pickled as the ordinary object that ctypes takes it for.
        ForkingPickler._extra_reducers.pop(type(raw), None)
        return raw


honest.publish(Backend, globals())
