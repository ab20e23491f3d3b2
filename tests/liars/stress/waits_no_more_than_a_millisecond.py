"""A waiter is let in beside the holder of a default lock after a millisecond."""

from ..honest import lock as honest_lock
from ..honest import plain as honest
from .lets_one_in_ten_pass import Leaky

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.structures-are-atomic-under-lock": "fail",
    "stress.locked-assignments-are-atomic": "fail",
    "stress.locked-transfers-preserve-sum": "fail",
}


class Lock(Leaky):
    def try_to_acquire(self):
        return (
            self.let_in()
            if honest_lock.me() in self.guests
            else super(Leaky, self).try_to_acquire()
        )

    def acquire(self, block=True, timeout=None):
        if not block or timeout is not None:
            return super().acquire(block, timeout)
        return super().acquire(True, 0.001) or self.let_in()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
