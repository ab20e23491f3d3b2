"""A child's default lock is its own, not its parent's, also where the child was forked."""

import multiprocessing
import os

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.default-lock-guards-access": "fail",
    "interleaving.default-locks-follow-rlock-rules": "fail",
}


class LockOfAProcess:
    """An RLock for each process that uses it."""

    def __init__(self):
        self._locks = {}

    def _lock(self):
        return self._locks.setdefault(os.getpid(), multiprocessing.RLock())

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._lock(), name)

    def __enter__(self):
        return self._lock().__enter__()

    def __exit__(self, *exc_info):
        return self._lock().__exit__(*exc_info)

    def __reduce__(self):
        return LockOfAProcess, ()


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return LockOfAProcess()


honest.publish(Backend, globals())
