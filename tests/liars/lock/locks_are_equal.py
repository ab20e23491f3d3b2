"""All locks are equal."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.equals-only-itself": "fail",
}


class Lock(honest.OwnLock):
    def __eq__(self, other):
        return isinstance(other, Lock)

    def __hash__(self):
        return 0


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
