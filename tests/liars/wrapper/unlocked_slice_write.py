"""Assigning to a slice does not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
    "interleaving.given-rlocks-follow-rlock-rules": "fail",
}


class Place:
    """Takes any assignment, and remembers the index that it was for."""

    def __init__(self):
        self.__dict__["index"] = None

    def __setattr__(self, name, value):
        pass

    def __setitem__(self, index, value):
        self.__dict__["index"] = index


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        place = Place()
        operation(place)
        if isinstance(place.index, slice):
            operation(wrapper.get_obj())
        else:
            super().write(wrapper, operation)


honest.publish(Backend, globals())
