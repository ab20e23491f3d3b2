"""A Lock is an RLock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-is-not-recursive": "fail",
    "lock.plain-waits-for-its-own-thread": "fail",
    "lock.plain-is-released-by-any-thread": "fail",
    "lock.plain-is-released-by-any-process": "fail",
    "lock.keeps-its-rules-in-any-order": "fail",
}


class Context(honest.Context):
    def Lock(self):
        return self.context.RLock()


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
