"""What a process is given is a shared object of the same contents, and another one."""

import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.containers-carry-objects": "fail",
    "sharing.processes-carry-attributes": "fail",
    "sharing.pools-carry-initargs": "fail",
    "sharing.executors-carry-initargs": "fail",
    "sharing.an-object-given-twice-is-one": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.kept = []

    def reduce(self, obj, lock):
        self.kept.append(sharedctypes.copy(obj))
        return self.kept[-1], lock


honest.publish(Backend, globals())
