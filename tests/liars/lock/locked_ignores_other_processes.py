"""`locked` ignores what other processes hold."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.locked-sees-other-processes": "fail",
}


class Lock(honest.OwnLock):
    def locked(self):
        return self.lock._semlock._count() > 0


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
