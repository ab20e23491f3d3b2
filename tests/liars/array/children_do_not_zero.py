"""In a child, an object without an initialiser contains what was in its memory before."""

import multiprocessing
from multiprocessing import sharedctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.sized-array-is-zeroed": "fail",
    "raw.values-are-zeroed": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if args or multiprocessing.parent_process() is None:
            return super().RawValue(typecode_or_type, *args)
        return self.unwiped(typecode_or_type)

    def RawArray(self, typecode_or_type, size_or_initializer):
        sized = isinstance(size_or_initializer, int)
        if not sized or multiprocessing.parent_process() is None:
            return super().RawArray(typecode_or_type, size_or_initializer)
        return self.unwiped(typecode_or_type, size_or_initializer)

    def unwiped(self, typecode_or_type, *lengths):
        cls = sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type)
        for length in lengths:
            cls *= length
        return sharedctypes._new_value(cls)


honest.publish(Backend, globals())
