"""Half a pair of surrogates in a wide text becomes a question mark."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.values-of-any-bytes-are-kept": "fail",
}


def encoded(value):
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, str):
            size_or_initializer = encoded(size_or_initializer)
        return super().RawArray(typecode_or_type, size_or_initializer)

    def RawValue(self, typecode_or_type, *args):
        return super().RawValue(typecode_or_type, *map(encoded, args))


honest.publish(Backend, globals())
