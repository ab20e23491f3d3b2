"""The release of the inner of two holds of a default lock lets a waiter in."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.inner-release-admits-nobody": "fail",
}


class Lock(honest_lock.PythonLock):
    def release(self):
        if self.state.depth > 1 and self.state.waiters:
            self.depth = self.state.depth - 1
            with self.mutex:
                self.state.depth = 0
                self.wake()
        else:
            super().release()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
