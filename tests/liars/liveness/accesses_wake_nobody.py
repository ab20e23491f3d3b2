"""An access releases a default lock, but wakes none of its waiters."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.access-wakes-next-waiter": "hang",
}


class Lock(honest_lock.PythonLock):
    quiet = False

    def wake(self):
        if not self.quiet:
            super().wake()


class Backend(honest_lock.Backend):
    lock = Lock

    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        try:
            return operation(wrapper.get_obj())
        finally:
            lock.quiet = True
            lock.release()
            lock.quiet = False


honest.publish(Backend, globals())
