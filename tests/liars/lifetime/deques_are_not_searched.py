"""A Process keeps the objects in its arguments alive, but does not search deques or `__slots__`."""

import ctypes
import functools

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lifetime.memory-of-arguments-is-not-reused": "fail",
}

SHARED = (
    honest.SynchronizedBase,
    ctypes._SimpleCData,
    ctypes.Array,
    ctypes.Structure,
    ctypes.Union,
)


def found_in(holder):
    """Return the shared objects in what a Process is given."""
    if isinstance(holder, SHARED):
        return [holder]
    if isinstance(holder, functools.partial):
        holder = holder.args
    elif isinstance(holder, dict):
        holder = list(holder.values())
    elif not isinstance(holder, (list, tuple)):
        holder = list(getattr(holder, "__dict__", {}).values())
    return [obj for held in holder for obj in found_in(held)]


class Context(honest.Context):
    def __init__(self, backend, context):
        super().__init__(backend, context)
        self.kept = []

    def Process(self, target, args):
        self.kept += found_in(args)
        return self.context.Process(target=target, args=args)


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
