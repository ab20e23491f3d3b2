"""Every other child uses another lock; the parent acquires both."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.sibling-contends-for-default-lock": "fail",
    "exclusion.sibling-contends-for-lock": "fail",
    "exclusion.sibling-contends-for-rlock": "fail",
    "exclusion.sibling-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    """Half of the children have the lock itself, half of them another one."""

    def __init__(self, lock):
        super().__init__(lock)
        self.other = multiprocessing.RLock()

    def mine(self):
        number = multiprocessing.current_process()._identity
        return [self.lock, self.other] if not number else [(self.lock, self.other)[number[0] % 2]]

    def acquire(self, block=True, timeout=None):
        acquired = []
        for lock in self.mine():
            if not lock.acquire(block, timeout):
                for one in acquired:
                    one.release()
                return False
            acquired.append(lock)
        return True

    def release(self):
        for lock in self.mine():
            lock.release()


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())
