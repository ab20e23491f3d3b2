"""`RawValue` looks up the default context."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.raw-objects-set-no-start-method": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        multiprocessing.get_context()
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
