"""A backend that lacks one thing, and says so by an exception wherever one asks for it.

The environment says which thing: `SHAREDCTYPES_TEST_LACKS=custom-locks` is the name of a capability
in the contract. Without it nothing is lacking. What is there is right: a clause that does not need
what is lacking holds.
"""

import collections
import ctypes
import os
import threading
from multiprocessing import synchronize

from . import plain as honest

CAUGHT_BY = {}
VARIABLE = "SHAREDCTYPES_TEST_LACKS"
_LOCKS = (synchronize.Lock, synchronize.RLock)
_DATA = (ctypes._SimpleCData, ctypes.Array, ctypes.Structure, ctypes.Union)


def _no_type_codes(cls):
    class Backend(cls):
        def RawValue(self, typecode_or_type, *args):
            return super().RawValue(_expect_type(typecode_or_type), *args)

        def RawArray(self, typecode_or_type, size_or_initializer):
            return super().RawArray(_expect_type(typecode_or_type), size_or_initializer)

    return Backend


def _expect_type(kind):
    if isinstance(kind, str):
        raise TypeError(f"{kind!r} is no ctypes type")
    return kind


def _no_custom_locks(cls):
    class Backend(cls):
        def synchronized(self, obj, lock=None, ctx=None):
            if lock is not None and not isinstance(lock, _LOCKS):
                raise TypeError(f"{type(lock).__name__} is no lock of multiprocessing")
            return super().synchronized(obj, lock, ctx)

    return Backend


def _without(*names):
    """Return what takes methods away from the wrappers."""

    def take_away(cls):
        for kind in honest.WRAPPERS:
            for name in names:
                if name in vars(kind):
                    delattr(kind, name)
        honest.SynchronizedArray.__len__ = lambda self: len(self._honest[1])

        class Backend(cls):
            def access(self, wrapper, operation):
                _, obj, lock = wrapper._honest
                with lock:
                    return operation(obj)

        return Backend

    return take_away


class _WithoutChildren(honest.Context):
    def Process(self, *args, **keywords):
        raise NotImplementedError("there are no processes")


class _WithoutMainFunctions(honest.Context):
    def Process(self, *args, **keywords):
        process = self.context.Process(*args, **keywords)
        if getattr(process._target, "__module__", None) == "__main__":
            raise RuntimeError("functions of the main module cannot be passed to a process")
        return process


class _WithoutPools(honest.Context):
    def Pool(self, *args, **keywords):
        raise NotImplementedError("there are no pools")


def _refusing(is_refused):
    """Return a class of contexts whose processes refuse to start with such objects."""

    class Refusing(honest.Context):
        def Process(self, *args, **keywords):
            process = self.context.Process(*args, **keywords)
            start = process.start

            def start_unless_refused():
                if _holds(vars(process), is_refused, set()):
                    raise RuntimeError("such objects cannot be passed to a process")
                start()

            process.start = start_unless_refused
            return process

    return Refusing


def _holds(holder, is_refused, seen):
    """Return whether something is refused, or holds such an object."""
    if is_refused(holder):
        return True
    if id(holder) in seen or isinstance(holder, (honest.SynchronizedBase, type)):
        return False
    seen.add(id(holder))
    parts = []
    if isinstance(holder, dict):
        parts = [*holder.keys(), *holder.values()]
    elif isinstance(holder, (list, tuple, set, frozenset, collections.deque)):
        parts = holder
    elif hasattr(holder, "__dict__"):
        parts = [vars(holder)]
    return any(_holds(part, is_refused, seen) for part in parts)


def _is_wrapper(obj):
    return isinstance(obj, honest.SynchronizedBase)


def _is_raw(obj):
    return isinstance(obj, _DATA)


def _contexts_of(kind):
    class Contexts(honest.Contexts):
        context = kind

    return Contexts


def _no_threads():
    def start(self):
        raise RuntimeError("can't start new thread")

    threading.Thread.start = start


_TAKE_AWAY = {
    "typecodes": _no_type_codes,
    "custom-locks": _no_custom_locks,
    "get_obj": _without("get_obj"),
    "ctypes": _without("get_obj"),
    "locks": _without("get_lock", "acquire", "release", "__enter__", "__exit__"),
}


class _OfOneMethod(honest.Contexts):
    """Contexts with a start method that nobody else has: it is fork."""

    def get_context(self, method=None):
        return super().get_context("fork")

    def set_start_method(self, method, force=False):
        pass

    def get_start_method(self, allow_none=False):
        return "own"

    def get_all_start_methods(self):
        return ["own"]


_CONTEXTS = {
    "children": _WithoutChildren,
    "main-functions": _WithoutMainFunctions,
    "pools": _WithoutPools,
    "raw-inheritance": _refusing(_is_raw),
    "wrapper-inheritance": _refusing(_is_wrapper),
}
_LACKS = os.environ.get(VARIABLE, "")

_contexts = _contexts_of(_CONTEXTS[_LACKS]) if _LACKS in _CONTEXTS else None
if _LACKS == "contexts":
    _contexts = _OfOneMethod
honest.publish(_TAKE_AWAY.get(_LACKS, lambda cls: cls)(honest.Backend), globals(), _contexts)
globals().pop(_LACKS, None)
if _LACKS == "ctypes":
    for _name in ("RawValue", "RawArray", "copy", "synchronized"):
        del globals()[_name]
if _LACKS == "wrapper-classes":
    for _cls in honest.WRAPPERS:
        del globals()[_cls.__name__]
if _LACKS == "threads":
    _no_threads()
if _LACKS == "native-threads":
    # What such threads do cannot be had without them, but this can.
    threading.get_native_id = os.getpid
