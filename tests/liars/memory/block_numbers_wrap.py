"""Blocks are numbered by fifteen bits, and a block that is still in use is handed out again."""

import ctypes
import weakref

from ..honest import plain as honest

CAUGHT_BY = {
    "memory.reallocation-changes-no-live-object": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.number = 0
        self.blocks = weakref.WeakValueDictionary()

    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        self.number = (self.number + 1) % 0x8000
        there = self.blocks.get(self.number)
        if there is None or ctypes.sizeof(there) != ctypes.sizeof(made):
            self.blocks[self.number] = made
            return made
        again = type(made).from_address(ctypes.addressof(there))
        again.there = there
        return again


honest.publish(Backend, globals())
