"""A number too large for a bit field becomes the largest that fits."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.field-access-matches-object": "fail",
}
START_METHODS = ("fork",)


def accessor(name):
    def get(self):
        return self._honest[0].read(self, lambda obj: getattr(obj, name))

    def put(self, value):
        widths = {field[0]: field[2] for field in self.get_obj()._fields_ if len(field) == 3}
        if name in widths and isinstance(value, int):
            value = min(value, 2 ** widths[name] - 1)
        self._honest[0].write(self, lambda obj: setattr(obj, name, value))

    return property(get, put)


class Backend(honest.Backend):
    field = staticmethod(accessor)


honest.publish(Backend, globals())
