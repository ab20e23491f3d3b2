"""When a thread ends, the memory of the objects that it created is freed."""

import ctypes
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.objects-outlive-creating-thread": "fail",
}


class Made(threading.local):
    """The objects that a thread made; it goes when the thread ends."""

    def __init__(self):
        self.objects = []
        self.end = AtTheEnd(self.objects)


class AtTheEnd:
    def __init__(self, objects):
        self._objects = objects

    def __del__(self):
        for obj in self._objects:
            ctypes.memset(ctypes.addressof(obj), 0, ctypes.sizeof(obj))


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._made = Made()

    def raw(self, obj):
        self._made.objects.append(obj)
        return obj


honest.publish(Backend, globals())
