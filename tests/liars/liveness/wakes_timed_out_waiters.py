"""The release of a default lock wakes a waiter whose timeout has expired, and then nobody else."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.timed-out-waiter-consumes-no-wakeup": "hang",
}


class Lock(honest_lock.PythonLock):
    def sleep(self, until):
        woken = super().sleep(until)
        if not woken:
            with self.mutex:
                self.state.count += 1
        return woken

    def wake(self):
        if self.state.count:
            self.state.count -= 1
        else:
            super().wake()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
