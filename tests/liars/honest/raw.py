"""What liars do to raw objects: give them other members, or move them to another place."""

import ctypes

from . import plain as honest


def extended(obj, *mixins, **members):
    """Return an object of a subclass of its class, in the same memory, with other members.

    The methods of `mixins` come before those of the class; `members` are set on the subclass.
    """
    cls = type(obj)
    subclass = type(cls)(cls.__name__, (*mixins, cls), {})
    # Not before it exists: ctypes gives each new class of character arrays its own value and raw.
    for name, member in members.items():
        setattr(subclass, name, member)
    return subclass.from_buffer(obj)


def moved(obj, memory, offset):
    """Return an object of the same class and contents that begins at an offset of `memory`."""
    copied = type(obj).from_buffer(memory, offset)
    ctypes.memmove(ctypes.addressof(copied), ctypes.addressof(obj), ctypes.sizeof(obj))
    return copied


class StringBackend(honest.Backend):
    """A backend for liars about raw char arrays, which override `string`."""

    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        return self.string(array) if array._type_ is ctypes.c_char else array

    def string(self, array):
        """Return what RawArray returns for a new char array: here, itself."""
        return array
