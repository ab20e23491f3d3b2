"""get_lock() is the lock, but accesses take another one, private to each process."""

import threading

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.given-lock-guards-access": "fail",
    "lock-argument.default-lock-guards-access": "fail",
    "lock-argument.accepts-lock-like-objects": "fail",
    "lock-argument.truth-and-equality-are-ignored": "fail",
    "lock-argument.one-lock-guards-several-objects": "fail",
    "lock-argument.plain-lock-is-not-reentrant": "fail",
}

private = threading.RLock()


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        with private:
            return operation(wrapper.get_obj())


honest.publish(Backend, globals())
