"""A name that a wrapper lacks is looked up in its object; an error leaves the lock held."""

from ..honest import plain as honest

CAUGHT_BY = {
    "operations.leave-lock-free": "fail",
}


class Mixin:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        self.acquire()
        found = getattr(self.get_obj(), name)
        self.release()
        return found


class Backend(honest.Backend):
    mixin = Mixin


honest.publish(Backend, globals())
