"""Its processes run no function of the main module, whatever is given to them."""

import sys

from . import plain as honest
from .plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {}


class Context(honest.Context):
    def Process(self, *args, target=None, **keywords):
        if target.__module__ == "__main__":
            target, keywords["args"] = sys.exit, (1,)
        return self.context.Process(*args, target=target, **keywords)


class Contexts(honest.Contexts):
    context = Context


backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
get_context, set_start_method, get_start_method, get_all_start_methods, Lock, RLock = Contexts(
    backend
).names()
