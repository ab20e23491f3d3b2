"""In a child `get_obj()` is the object as it was when it was first asked for."""

import ctypes
import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"operations.wrapper-and-object-agree": "fail"}
START_METHODS = ("fork",)


def copying(cls):
    """Return a class of wrappers with the lie."""

    def get_obj(self):
        obj = self._honest[1]
        if multiprocessing.parent_process() is None or not ctypes.sizeof(obj):
            return obj
        return self.__dict__.setdefault("copied", type(obj).from_buffer_copy(obj))

    return type(cls.__name__, (cls,), {"get_obj": get_obj})


Synchronized = copying(honest.Synchronized)
SynchronizedArray = copying(honest.SynchronizedArray)
SynchronizedString = copying(honest.SynchronizedString)


class Backend(honest.Backend):
    def class_for(self, obj):
        found = super().class_for(obj)
        known = {"Synchronized": Synchronized, "SynchronizedArray": SynchronizedArray}
        return known.get(found.__name__, found)

    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        try:
            return operation(wrapper._honest[1])
        finally:
            lock.release()


honest.publish(Backend, globals())
