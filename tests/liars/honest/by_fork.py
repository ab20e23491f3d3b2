"""Wrappers cross to a child that starts as a copy; to any other, the start raises. It says so."""

from . import plain as honest

CAUGHT_BY = {}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        raise RuntimeError("this can only be inherited by fork")


honest.publish(Backend, globals())
