"""A named tuple initializes the fields of a structure that have the names of its own."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"array.takes-duck-typed-sequences": "fail"}


def by_name(kind, item):
    if not hasattr(item, "_asdict"):
        return item
    fields = [name for name, *_ in kind._fields_]
    return kind(**{name: value for name, value in item._asdict().items() if name in fields})


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        kind, items = typecode_or_type, size_or_initializer
        is_structure = isinstance(kind, type) and issubclass(kind, ctypes.Structure)
        if is_structure and not isinstance(items, int):
            items = [by_name(kind, item) for item in items]
        return super().RawArray(kind, items)


honest.publish(Backend, globals())
