"""A given lock is ignored, and a new one used."""

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.of-given-plain-locks": "fail",
    "lock-argument.given-lock-is-kept": "fail",
    "lock-argument.given-lock-guards-access": "fail",
    "lock-argument.accepts-lock-like-objects": "fail",
    "lock-argument.identity-decides": "fail",
    "lock-argument.one-lock-serves-several-objects": "fail",
    "lock-argument.plain-lock-is-not-reentrant": "fail",
    "exclusion.child-waits-for-a-lock": "fail",
    "exclusion.child-waits-for-an-rlock": "fail",
}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, None, ctx)


honest.publish(Backend, globals())
