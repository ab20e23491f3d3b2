"""A Lock is an RLock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-lock-is-not-reentrant": "fail",
    "lock.plain-lock-blocks-its-own-thread": "fail",
    "lock.plain-lock-can-be-released-by-any-thread": "fail",
    "lock.plain-lock-can-be-released-by-any-process": "fail",
    "lock.any-call-sequence-follows-rules": "fail",
}


class Context(honest.Context):
    def Lock(self):
        return self.context.RLock()


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
