"""A spawned process receives a copy in shared memory."""

from ..honest import copies
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.containers-carry-objects": "fail",
    "sharing.processes-carry-attributes": "fail",
    "sharing.pools-carry-initargs": "fail",
    "sharing.executors-carry-initargs": "fail",
    "sharing.an-object-given-twice-is-one": "fail",
}


class Backend(copies.Backend):
    def reduce(self, obj, lock):
        return self.shared_copy(obj), lock


honest.publish(Backend, globals())
