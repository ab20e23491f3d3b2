"""Every five hundredth wake-up by a default lock is lost."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.processes-lose-no-wakeup": "hang",
    "liveness.threads-lose-no-wakeup": "hang",
}


class Lock(honest_lock.PythonLock):
    def wake(self):
        if self.state.waiters:
            self.state.count += 1
            if self.state.count % 500:
                super().wake()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
