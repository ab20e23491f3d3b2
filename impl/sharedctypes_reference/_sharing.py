"""Objects in shared memory, and how they reach another process.

The story: `new` puts an object of the wanted type into a block.  The object is an ordinary instance
of exactly that type.  What is special about it is its passport, which is kept in the instance's own
dictionary: it refers to the block, so that the block lives as long as the object or any view of it,
and it does the pickling.

Pickling asks the *instance* for `__reduce_ex__` before it asks the class.  That is why the passport
sits there under that name, and why nothing is registered for types.  A reducer registered for the
type would be found for ordinary instances too, which then could not be sent to anybody any more; it
would hold on to the type for ever; and whether it is there would depend on what was shared before.

Parts of an object, an element or a field that is a structure, have no passport: ctypes makes a new
instance each time one is asked for.  Left alone, ctypes would send a part's bytes to a child, whose
writing nobody would see.  So the pickler of `multiprocessing` asks `_reduce_part` about each
object; it knows a part by what ctypes says that it is a part of, and acts only while a child is
spawned.  That is the one thing of the standard library that is changed, for all of the process: the
pickler's `reducer_override`.  Whoever had set it before is asked after it.
"""

from __future__ import annotations

import ctypes
from multiprocessing import reduction
from typing import Any

from . import _leases
from ._arena import Arena
from ._heap import Block, heap
from ._types import TypeDescription, describe, restore


class Passport:
    """Says where an object of a type lies: `delta` bytes into a block.

    There is no reference to the object: it would make a cycle, and the memory would come back
    only with a garbage collection.
    """

    __slots__ = ("block", "delta", "type")

    def __init__(self, block: Block, delta: int, type_: Any) -> None:
        self.block = block
        self.delta = delta
        self.type = type_

    def __call__(self, _protocol: int) -> tuple[Any, ...]:
        """Reduce the object, as its `__reduce_ex__`. Raises RuntimeError unless spawning."""
        _leases.check_spawning(self.type.__name__)
        return open_passport, (self,)

    def __reduce__(self) -> tuple[Any, ...]:
        _leases.check_spawning(self.type.__name__)
        lifeline = _leases.keep(self.block).lifeline
        start = self.block.offset + self.delta
        return _receive, (self.block.arena, start, describe(self.type), lifeline)

    def create_memoryview(self) -> memoryview:
        """Return the object's bytes, writable.

        Called by a reducer of the standard library, which it registers for every type of which it
        has shared an object: there it takes precedence over ours, and looks for `_wrapper`.
        """
        start = self.block.offset + self.delta
        return memoryview(self.block.arena.memory)[start : start + ctypes.sizeof(self.type)]


def new(type_: Any) -> Any:
    """Return an object of the type in shared memory, all of its bytes zero, not initialised.

    Raises what `Heap.allocate` raises, and TypeError when instances have no dictionary.
    """
    block = heap.allocate(ctypes.sizeof(type_), ctypes.alignment(type_))
    return open_passport(Passport(block, 0, type_))


def open_passport(passport: Passport) -> Any:
    """Return a new object where the passport says."""
    block = passport.block
    obj = passport.type.from_buffer(block.arena.memory, block.offset + passport.delta)
    try:
        attributes = vars(obj)
    except TypeError:
        # Without it the object would cross to a spawned child as a private copy, and nobody would
        # be told.
        raise TypeError(
            f"{passport.type.__name__} cannot be shared: its __slots__ leave instances no __dict__"
        ) from None
    attributes["__reduce_ex__"] = attributes["_wrapper"] = passport
    return obj


def _receive(arena: Arena, offset: int, description: TypeDescription, _lifeline: None) -> Passport:
    # Who sent it learns by the lifeline, which has come before, when this process ends.
    return Passport(Block(arena, offset), 0, restore(description))


def passport_of(obj: Any) -> Passport | None:
    """Return the passport of a shared object, or a new one for a part of it; else None."""
    root = obj
    while getattr(root, "_b_base_", None) is not None:
        root = root._b_base_
    passport = getattr(root, "__dict__", {}).get("_wrapper")
    if not isinstance(passport, Passport):
        return None
    if root is obj:
        return passport
    delta = ctypes.addressof(obj) - ctypes.addressof(root)
    return Passport(passport.block, passport.delta + delta, type(obj))


_CTYPES = (
    ctypes._SimpleCData,
    ctypes.Array,
    ctypes.Structure,
    ctypes.Union,
    ctypes._Pointer,
    ctypes._CFuncPtr,  # type: ignore[attr-defined]
)
_asked_before = getattr(reduction.ForkingPickler, "reducer_override", None)


def _reduce_part(pickler: Any, obj: Any) -> Any:
    """Reduce a part of a shared object for a child that is being spawned, and nothing else.

    The pickler's `reducer_override`.  Through a pipe or a queue a part goes by value, as ever.
    """
    if isinstance(obj, _CTYPES) and _leases.is_spawning():
        passport = passport_of(obj)
        if passport is not None and getattr(obj, "_b_base_", None) is not None:
            if not hasattr(obj, "__dict__"):
                # `open_passport` would say so in the child, where it is too late.
                raise TypeError(f"{type(obj).__name__} cannot be shared: it has no __dict__")
            return open_passport, (passport,)
    return NotImplemented if _asked_before is None else _asked_before(pickler, obj)


reduction.ForkingPickler.reducer_override = _reduce_part  # type: ignore[method-assign]
