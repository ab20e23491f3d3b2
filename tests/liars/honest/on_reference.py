"""The plain backend's wrappers over raw objects of the reference, which break no clause."""

import weakref

import sharedctypes_reference

from . import plain as honest

CAUGHT_BY = {}

# What an interrupt between two steps of Python code does to wrappers that are written in it.
OF_WRAPPERS = {
    "fault.interrupted-access-releases-lock": honest.ALL,
    "fault.interrupted-with-block-releases-lock": honest.ALL,
}
# What the standard library does to its locks: they have names, which it removes when they are
# dropped, or when the program has reached its last line.
OF_LOCKS = {
    "lifetime.arguments-survive-until-received": ("spawn", "forkserver"),
    "lifetime.arguments-of-two-children-are-distinct": ("spawn", "forkserver"),
    "lifetime.memory-of-arguments-is-not-reused": ("spawn", "forkserver"),
    "lifetime.objects-of-ending-program-reach-its-children": ("spawn", "forkserver"),
    "lifecycle.objects-outlive-their-makers-names": ("spawn", "forkserver"),
}
BREAKS = {**OF_WRAPPERS, **OF_LOCKS}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._classes = weakref.WeakKeyDictionary()  # it keeps no type of a structure

    def RawValue(self, typecode_or_type, *args):
        return self.raw(sharedctypes_reference.RawValue(typecode_or_type, *args))

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.raw(sharedctypes_reference.RawArray(typecode_or_type, size_or_initializer))

    def copy(self, obj):
        return sharedctypes_reference.copy(obj)


honest.publish(Backend, globals())
