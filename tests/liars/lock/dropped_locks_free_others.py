"""A default lock that is dropped closes a descriptor: all locks of `fcntl` on its file are lost."""

import os

from ..honest import on_reference, record_locks
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.unrelated-acts-leave-it-held": "fail",
}


class Lock(record_locks.RecordLock):
    def __del__(self, _close=os.close, _dup=os.dup):
        _close(_dup(self.file.descriptor))


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        made = record_locks._new()
        return ctx.RLock() if ctx else Lock(made.file, made.byte)


honest.publish(Backend, globals())
