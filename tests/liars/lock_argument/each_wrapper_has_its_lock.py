"""A wrapper takes its lock to a spawned child by itself: of one lock for two, two come there.

They exclude each other, but neither knows of the thread that has the other.
"""

import pickle
from multiprocessing.reduction import ForkingPickler

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lock-argument.one-lock-serves-several-objects": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        return obj, bytes(ForkingPickler.dumps(lock))

    def rebuild(self, obj, lock):
        return super().rebuild(obj, pickle.loads(lock))


honest.publish(Backend, globals())
