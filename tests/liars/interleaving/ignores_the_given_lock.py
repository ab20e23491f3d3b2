"""A given lock is ignored, and a new one used."""

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.given-locks-follow-lock-rules": "fail",
    "lock-argument.get-lock-returns-given-lock": "fail",
    "lock-argument.given-lock-guards-access": "fail",
    "lock-argument.accepts-lock-like-objects": "fail",
    "lock-argument.truth-and-equality-are-ignored": "fail",
    "lock-argument.one-lock-guards-several-objects": "fail",
    "lock-argument.plain-lock-is-not-reentrant": "fail",
    "exclusion.child-contends-for-lock": "fail",
    "exclusion.child-contends-for-rlock": "fail",
}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, None, ctx)


honest.publish(Backend, globals())
