"""`acquire` accepts threading's parameter `blocking` as well."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.acquire-refuses-blocking-keyword": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None, blocking=True):
        return super().acquire(block and blocking, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
