"""The release of a default lock lets all its waiters in."""

from ..honest import lock as honest_lock
from ..honest import plain as honest
from ..stress.lets_one_in_ten_pass import Leaky

START_METHODS = ("fork",)
CAUGHT_BY = {
    "liveness.one-release-admits-one-waiter": "fail",
}


class Lock(Leaky):
    def try_to_acquire(self):
        me = honest_lock.me()
        return self.let_in() if me in self.guests else super(Leaky, self).try_to_acquire()

    def sleep(self, until):
        return super().sleep(until) and self.let_in()

    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        me = honest_lock.me()
        if self.guests.get(me, 0) > 1:
            # It slept, and has been let in already.
            self.guests[me] -= 1
        return taken

    def wake(self):
        while self.state.waiters:
            super().wake()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
