"""Accessors are made of code into which the field's name is pasted."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.fields-of-any-name-are-reachable": "fail",
}
START_METHODS = ("fork",)


def accessor(name):
    return property(
        eval(f"lambda self: self._honest[0].read(self, lambda obj: obj.{name})"),
        lambda self, value: self._honest[0].write(self, lambda obj: setattr(obj, name, value)),
    )


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        for name in honest.field_names(type(obj)) if hasattr(obj, "_fields_") else ():
            setattr(cls, name, accessor(name))
        return cls


honest.publish(Backend, globals())
