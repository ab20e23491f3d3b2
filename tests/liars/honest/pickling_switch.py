"""Wrappers can be pickled, as numbers, while `backend.pickles` is true; nothing here sets it."""

from multiprocessing.context import get_spawning_popen

from . import plain as honest

CAUGHT_BY = {}


class Methods:
    def __reduce__(self):
        if self._honest[0].pickles and get_spawning_popen() is None:
            return int, (0,)
        return super().__reduce__()


class Backend(honest.Backend):
    pickles = False
    mixin = Methods


honest.publish(Backend, globals())
