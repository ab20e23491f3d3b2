"""What is assigned to a nested field stays in the wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.field-access-matches-object": "fail",
}
START_METHODS = ("fork",)


def accessor(name):
    def get(self):
        kept = self.__dict__.get("_kept_" + name)
        return self._honest[0].read(self, lambda obj: kept or getattr(obj, name))

    def put(self, value):
        if isinstance(value, tuple):
            self.__dict__["_kept_" + name] = value
        else:
            self._honest[0].write(self, lambda obj: setattr(obj, name, value))

    return property(get, put)


class Backend(honest.Backend):
    field = staticmethod(accessor)


honest.publish(Backend, globals())
