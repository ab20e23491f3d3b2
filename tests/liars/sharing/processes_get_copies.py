"""A spawned process receives a copy in shared memory."""

from ..honest import copies
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.objects-in-containers-are-shared": "fail",
    "sharing.process-attributes-are-shared": "fail",
    "sharing.pool-initargs-are-shared": "fail",
    "sharing.executor-initargs-are-shared": "fail",
    "sharing.object-passed-twice-is-one-object": "fail",
}


class Backend(copies.Backend):
    def reduce(self, obj, lock):
        return self.shared_copy(obj), lock


honest.publish(Backend, globals())
