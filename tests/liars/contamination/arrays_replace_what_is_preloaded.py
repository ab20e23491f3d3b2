"""Creating an array has the forkserver import this module, and not what the program told it to."""

import multiprocessing

from ..honest import plain as honest

START_METHODS = ("forkserver",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        multiprocessing.set_forkserver_preload([__name__])
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
