"""An array is kept while it is filled, and for good when an item is refused."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.refused-objects-leak-no-memory": "leak",
}

_filling = []


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, int):
            return super().RawArray(typecode_or_type, size_or_initializer)
        made = super().RawArray(typecode_or_type, len(size_or_initializer))
        _filling.append(made)
        for place, item in enumerate(size_or_initializer):
            made[place] = item
        _filling.remove(made)
        return made


honest.publish(Backend, globals())
