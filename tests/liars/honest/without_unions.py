"""Creates no object of a type that contains a union, which only clauses about unions may mind."""

import ctypes

from . import plain as honest

CAUGHT_BY = {}


def _has_union(kind):
    fields = (field[1] for field in getattr(kind, "_fields_", ()))
    parts = [*fields, *filter(None, [getattr(kind, "_type_", None)])]
    return issubclass(kind, ctypes.Union) or any(
        _has_union(part) for part in parts if isinstance(part, type)
    )


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type) and _has_union(typecode_or_type):
            raise TypeError("there are no unions here")
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
