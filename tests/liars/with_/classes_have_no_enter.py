"""`with` works, and `type(wrapper).__enter__`, which ExitStack calls, does not."""

import functools

from ..honest import plain as honest

CAUGHT_BY = {
    "with.exit-stacks-hold-it": "fail",
    "with.exit-stacks-free-it-after-errors": "fail",
    "with.every-wrapper-supports-it": "fail",
}
START_METHODS = ("fork",)


@functools.lru_cache(maxsize=None)
def _without_function(cls):
    """Return a subclass whose `__enter__` is a property: its value is what can be called."""
    enter = property(lambda self: self.get_lock().__enter__)
    return type(cls.__name__, (cls,), {"__enter__": enter})


class Backend(honest.Backend):
    def class_for(self, obj):
        return _without_function(super().class_for(obj))


honest.publish(Backend, globals())
