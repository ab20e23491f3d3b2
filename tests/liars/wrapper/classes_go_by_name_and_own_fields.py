"""Types of one name with the same fields of their own share a class, whatever they inherit."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.same-named-types-are-distinguished": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._by_shape = {}

    def class_for(self, obj):
        cls = type(obj)
        own = tuple(field[0] for field in cls.__dict__.get("_fields_", ()))
        return self._by_shape.setdefault((cls.__name__, own), super().class_for(obj))


honest.publish(Backend, globals())
