"""A wrapper can be pickled anywhere, and what arrives is a number."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.wrappers-are-not-sent": "fail",
}


class Backend(honest.Backend):
    def class_for(self, obj):
        base = super().class_for(obj)
        return type(base.__name__, (base,), {"__reduce__": lambda self: (int, (0,))})


honest.publish(Backend, globals())
