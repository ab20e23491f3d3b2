"""A wrapper pickles its lock by itself: one lock of two wrappers becomes two in a spawned child.

They exclude each other, but neither knows of the thread that holds the other.
"""

import pickle
from multiprocessing.reduction import ForkingPickler

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lock-argument.one-lock-guards-several-objects": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        return obj, bytes(ForkingPickler.dumps(lock))

    def rebuild(self, obj, lock):
        return super().rebuild(obj, pickle.loads(lock))


honest.publish(Backend, globals())
