"""`release()` of a default lock wakes none of its waiters; the end of `with` does."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.release-wakes-waiter": "hang",
}


class Lock(honest_lock.PythonLock):
    leaving = False

    def wake(self):
        if self.leaving:
            super().wake()

    def __exit__(self, *exc_info):
        self.leaving = True
        self.release()
        self.leaving = False


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
