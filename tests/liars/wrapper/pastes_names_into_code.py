"""Accessors are created by evaluating code that contains the field's name."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.any-field-name-works-or-is-refused": "fail",
}
START_METHODS = ("fork",)


def accessor(name):
    return property(
        eval(f"lambda self: self._honest[0].read(self, lambda obj: obj.{name})"),
        lambda self, value: self._honest[0].write(self, lambda obj: setattr(obj, name, value)),
    )


class Backend(honest.Backend):
    field = staticmethod(accessor)


honest.publish(Backend, globals())
