"""A lock is held by a process, not by one of its threads: all its threads pass."""

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.other-thread-contends-for-default-lock": "fail",
    "exclusion.other-thread-contends-for-lock": "fail",
    "exclusion.other-thread-contends-for-rlock": "fail",
    "exclusion.other-thread-contends-for-custom-lock": "fail",
    "exclusion.same-thread-contends-for-lock": "fail",
    "exclusion.same-thread-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    depth = 0

    def acquire(self, block=True, timeout=None):
        if not self.depth and not self.lock.acquire(block, timeout):
            return False
        self.depth += 1
        return True

    def release(self):
        self.depth -= 1
        if not self.depth:
            self.lock.release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
