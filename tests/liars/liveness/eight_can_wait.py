"""A default lock remembers eight of its waiters."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.every-waiter-acquires-eventually": "hang",
}


class Lock(honest_lock.PythonLock):
    def wake(self):
        self.state.waiters = min(self.state.waiters, 8)
        super().wake()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
