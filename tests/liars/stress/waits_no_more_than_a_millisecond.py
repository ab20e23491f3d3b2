"""Who has waited for a millisecond is let in beside the one that has the lock."""

from ..honest import lock as honest_lock
from ..honest import plain as honest
from .lets_one_in_ten_pass import Leaky

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.structures-are-seen-whole": "fail",
    "stress.transactions-are-seen-whole": "fail",
    "stress.transfers-keep-the-sum": "fail",
}


class Lock(Leaky):
    def take(self):
        return self.let_in() if honest_lock.me() in self.guests else super(Leaky, self).take()

    def acquire(self, block=True, timeout=None):
        if not block or timeout is not None:
            return super().acquire(block, timeout)
        return super().acquire(True, 0.001) or self.let_in()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
