"""A process that was forked makes memory of its own for what it constructs; its children do not."""

import ctypes
import mmap
import os

from ..honest import plain as honest

CAUGHT_BY = {
    "memory.processes-allocate-disjoint-memory": "fail",
}
START_METHODS = ("fork",)

_SIZE = 1 << 24


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.start_over()
        self.forked = False
        os.register_at_fork(after_in_child=self.after_fork)

    def start_over(self):
        self.memory, self.used = mmap.mmap(-1, _SIZE), 0

    def after_fork(self):
        if not self.forked:
            self.start_over()
        self.forked = True

    def RawArray(self, typecode_or_type, size_or_initializer):
        plain = super().RawArray(typecode_or_type, size_or_initializer)
        size = ctypes.sizeof(plain)
        if self.used + size + 16 > _SIZE:
            return plain
        made = type(plain).from_buffer(self.memory, self.used)
        self.used += (size + 15) // 8 * 8
        ctypes.memmove(made, plain, size)
        return made


honest.publish(Backend, globals())
