"""The hash of a lock depends on whether it is held."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.equals-only-itself": "fail",
}


class Lock(honest.OwnLock):
    def __hash__(self):
        return int(self.locked())


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
