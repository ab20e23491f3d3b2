"""A value that is being sent to a process is sent to no other before it has arrived there.

If the process never starts, the value can never be sent again.
"""

from multiprocessing import RawValue as Flag

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "fault.process-limit-corrupts-nothing": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.travelling = {}

    def reduce(self, obj, lock):
        _, arrived = self.travelling.get(id(lock), (lock, None))
        if arrived is not None and not arrived.value:
            raise RuntimeError("it is on its way to another process")
        arrived = Flag("b", 0)
        # With the lock, so that no other one gets its id.
        self.travelling[id(lock)] = lock, arrived
        return obj, (lock, arrived)

    def rebuild(self, obj, lock):
        lock, arrived = lock
        arrived.value = 1
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())
