"""The end of `with` releases a default lock, but wakes none of its waiters."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.leaving-with-wakes-waiter": "hang",
}


class Lock(honest_lock.PythonLock):
    def wake(self):
        pass

    def release(self):
        super().release()
        super().wake()

    def __exit__(self, *exc_info):
        if exc_info == (None, None, None):
            super().release()
        else:
            self.release()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
