"""A wide array takes two elements for a character outside the basic multilingual plane."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.wide-arrays-take-text-as-initializer": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, str):
            units = memoryview(size_or_initializer.encode("utf-16-le", "surrogatepass")).cast("H")
            size_or_initializer = "".join(map(chr, units))
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
