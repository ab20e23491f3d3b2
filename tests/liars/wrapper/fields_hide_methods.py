"""A field named like a method of the wrapper takes its place."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.methods-take-precedence-over-fields": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = type(obj)
        if hasattr(cls, "_fields_") and cls not in self._classes:
            accessors = {name: honest.accessor(name) for name in honest.field_names(cls)}
            self._classes[cls] = type(cls.__name__, (honest.SynchronizedBase,), accessors)
        return super().class_for(obj)


honest.publish(Backend, globals())
