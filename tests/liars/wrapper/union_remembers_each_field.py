"""Assigning to one field of a union leaves the others as they were."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.field-access-matches-object": "fail",
}
START_METHODS = ("fork",)


def accessor(name):
    def get(self):
        kept = self.__dict__.get("_kept", {})
        if name in kept:
            return kept[name]
        return self._honest[0].read(self, lambda obj: getattr(obj, name))

    def put(self, value):
        def assign(obj):
            if isinstance(obj, ctypes.Union):
                names = [other for other, *_ in obj._fields_ if other != name]
                self.__dict__["_kept"] = {other: getattr(obj, other) for other in names}
            setattr(obj, name, value)

        self._honest[0].write(self, assign)

    return property(get, put)


class Backend(honest.Backend):
    field = staticmethod(accessor)


honest.publish(Backend, globals())
