"""Wrappers are pickled as numbers where a door is open, which nobody here opens."""

from multiprocessing.context import get_spawning_popen

from . import plain as honest

CAUGHT_BY = {}


class Backend(honest.Backend):
    is_open = False

    def class_for(self, obj):
        base = super().class_for(obj)

        def reduce(wrapper):
            if self.is_open and get_spawning_popen() is None:
                return int, (0,)
            return base.__reduce__(wrapper)

        return type(base.__name__, (base,), {"__reduce__": reduce})


honest.publish(Backend, globals())
