"""An array is passed to a child by the number of a descriptor, whatever file has it by then."""

from multiprocessing import sharedctypes

from ..honest import on_reference
from ..honest import plain as honest

CAUGHT_BY = {
    "fault.closed-descriptors-spare-other-files": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Backend(on_reference.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return sharedctypes.RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
