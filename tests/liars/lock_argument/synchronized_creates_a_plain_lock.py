"""`synchronized` creates a plain Lock; `Value` and `Array` create a recursive one."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.true-creates-rlock": "fail",
}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if lock is None:
            lock = (ctx or multiprocessing).Lock()
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())
