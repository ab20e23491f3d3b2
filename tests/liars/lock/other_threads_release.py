"""Releasing an RLock that another thread of the process holds does nothing."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-is-released-only-by-its-owner": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        if self.lock._semlock._is_mine() or not self.lock._semlock._count():
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
