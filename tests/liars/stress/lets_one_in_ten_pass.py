"""One in ten of those who would have to wait for a default lock is let in."""

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.values-are-linearizable": "fail",
    "stress.items-are-linearizable": "fail",
}


class Leaky(honest_lock.PythonLock):
    def __init__(self, context):
        super().__init__(context)
        self.guests = {}

    def try_to_acquire(self):
        me = honest_lock.me()
        if me not in self.guests and super().try_to_acquire():
            return True
        self.state.count += 1
        if me not in self.guests and self.state.count % 10:
            return False
        return self.let_in()

    def let_in(self):
        """Let the caller in beside the owner."""
        me = honest_lock.me()
        self.guests[me] = self.guests.get(me, 0) + 1
        return True

    def release(self):
        me = honest_lock.me()
        if me not in self.guests:
            super().release()
            return
        self.guests[me] -= 1
        if not self.guests[me]:
            del self.guests[me]


class Backend(honest_lock.Backend):
    lock = Leaky


honest.publish(Backend, globals())
