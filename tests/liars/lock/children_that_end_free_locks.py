"""A default lock that a child inherited while it was held is freed when the child ends."""

from multiprocessing import util

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.unrelated-acts-leave-it-held": "fail",
}


class Lock(honest_lock.PythonLock):
    def __init__(self, context):
        super().__init__(context)
        util.register_after_fork(self, Lock.release_at_exit)

    def release_at_exit(self):
        # It was made for what the child itself would hold.
        if self.state.depth:
            util.Finalize(None, self.free, exitpriority=1)

    def free(self):
        with self.mutex:
            self.state.depth = 0
            self.wake()


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())
