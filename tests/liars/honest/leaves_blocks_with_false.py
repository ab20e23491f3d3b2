"""`__exit__` of a wrapper returns False, as many do: to `with` it is the same as None."""

from . import plain as honest

CAUGHT_BY = {}


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        super().leave(wrapper, *exc_info)
        return False


honest.publish(Backend, globals())
