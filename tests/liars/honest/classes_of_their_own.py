"""Each wrapper has a class of its own, derived from the class of its kind."""

from . import on_reference
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.BREAKS


class Backend(on_reference.Backend):
    def class_for(self, obj):
        kind = super().class_for(obj)
        return type(kind.__name__, (kind,), {})


honest.publish(Backend, globals())
