"""A backend in the place of `multiprocessing.sharedctypes`, for this process.

CPython's tests get the API in two ways: they import names from `multiprocessing.sharedctypes`, and
call `multiprocessing.Value` and its neighbours, which import that module when they are called. With
another module of that name both come to the backend, with the context that they would pass.

The standard library's own allocator is closed meanwhile: whatever would still come from it fails.
Not for a backend that is made from it, as liars are.
"""

from __future__ import annotations

import functools
import importlib
import multiprocessing
import multiprocessing.heap
import sys
import types
from collections import Counter
from collections.abc import Callable
from typing import Any

PLACE = "multiprocessing.sharedctypes"
NAMES = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")

#: How often each function of the backend was called by its user.
calls: Counter[str] = Counter()


def substitute(name: str, *, on_their_heap: bool = False) -> None:
    """Put the backend of that name in the place; it may be one that allocates `on_their_heap`."""
    backend = importlib.import_module(name)
    if name == PLACE:
        return
    module = types.ModuleType(PLACE, f"{name}, with its calls counted.")
    if on_their_heap:
        # What its objects need when they are received by a process.
        vars(module).update(vars(importlib.import_module(PLACE)))
    for each in NAMES:
        setattr(module, each, _counted(each, getattr(backend, each)))
    sys.modules[PLACE] = module
    multiprocessing.sharedctypes = module
    if on_their_heap:
        return
    heap: Any = multiprocessing.heap
    heap.Heap.malloc = _closed
    heap.BufferWrapper = _buffers(module)


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        calls[name] += 1
        return function(*args, **kwargs)

    return call


def _closed(*_: object) -> None:
    raise AssertionError("this would have been memory of the standard library's")


def _buffers(module: Any) -> type:
    class Buffer:
        """Memory of the backend, under the name that the tests of the heap use for theirs."""

        _heap = None

        def __init__(self, size: int) -> None:
            self._memory = module.RawArray("b", size)

    return Buffer
