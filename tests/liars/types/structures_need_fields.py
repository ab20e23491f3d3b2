"""A structure without fields cannot be wrapped."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.structures-without-fields-are-wrapped": "fail",
}


class Backend(honest.Backend):
    def class_for(self, obj):
        if not (hasattr(type(obj), "_type_") or getattr(type(obj), "_fields_", ())):
            raise AttributeError("there is nothing to wrap")
        return super().class_for(obj)


honest.publish(Backend, globals())
