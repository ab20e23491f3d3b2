"""Objects in shared memory, and how they reach another process.

The story: `new` puts an object of the wanted type into a block.  The object is an ordinary instance
of exactly that type.  What is special about it is its passport, which is kept in the instance's own
dictionary: it holds the claim to the block, so that nobody else gets the block as long as there is
the object or any view of it, and it does the pickling.

A child that is spawned gets its objects pickled.  The pickler of `multiprocessing` asks its
`reducer_override` about each object before anything else: before the reducers that a program has
registered for a type, with `copyreg` or with that pickler, and before the methods of a class.  Any
of these would send an object's bytes, and the child's writing would be seen by nobody.  So
`_reduce` stands there, answers for what has a passport, and leaves everything else as it was.  That
is the one thing of the standard library that is changed, for all of the process; whoever had set it
before is asked after it.

Nothing is registered for types.  A reducer of a type would be found for ordinary instances too,
which then could not be sent to anybody any more; it would hold on to the type for ever; and whether
it is there would depend on what was shared before.

The passport sits in the dictionary under the name `__reduce_ex__`, of which `pickle` and `copy` ask
the instance before the class: they are refused.

Parts of an object, an element or a field that is a structure, have no passport: ctypes makes a new
instance each time one is asked for.  A part is known by what ctypes says that it is a part of, and
gets a passport of its own while a child is spawned.
"""

from __future__ import annotations

import ctypes
from ctypes import addressof, alignment, memmove, memset, sizeof
from multiprocessing import reduction
from typing import Any

from . import _leases
from ._arena import Arena
from ._heap import Block, Claim, heap
from ._types import TypeDescription, describe, restore

_CTYPES = (
    ctypes._SimpleCData,
    ctypes.Array,
    ctypes.Structure,
    ctypes.Union,
    ctypes._Pointer,
    ctypes._CFuncPtr,  # type: ignore[attr-defined]
)

# Up to here `memset` takes longer, most of it to be called through ctypes.
_SMALL = 4096


class Passport(Claim):
    """Says where an object of a type lies, and has the claim to the block that it lies in.

    There is no reference to the object: it would make a cycle, and the memory would come back
    only with a garbage collection.  `whole` is the passport of what the object is a part of.
    """

    __slots__ = ("type", "whole")

    def __init__(self, block: Block, type_: Any, whole: Passport | None = None) -> None:
        self.type = type_
        self.whole = whole
        self.block = block

    def __call__(self, _protocol: int = 0) -> tuple[Any, ...]:
        """Reduce the object, as its `__reduce_ex__`. Raises RuntimeError unless spawning."""
        _leases.check_spawning(self.type.__name__)
        return open_passport, (self,)

    def __reduce__(self) -> tuple[Any, ...]:
        _leases.check_spawning(self.type.__name__)
        lifeline = _leases.keep(self).lifeline
        return _receive, (self.block.arena, self.block.offset, describe(self.type), lifeline)


def new(type_: Any, contents: Any = None) -> Any:
    """Return an object of the type in shared memory, not initialised.

    Its bytes are zero, or those of `contents`, a buffer of its size or an object of ctypes.
    Raises what `Heap.allocate` raises, and TypeError when instances have no dictionary.
    """
    size = sizeof(type_)
    block = heap.allocate(size, alignment(type_))
    obj = open_passport(Passport(block, type_))
    if isinstance(contents, _CTYPES):
        # Not by its buffer: PyPy has none for structures with bit fields.
        memmove(addressof(obj), addressof(contents), size)
    elif contents is not None:
        block.arena.memory[block.offset : block.offset + size] = contents
    elif block.is_zero:
        pass  # not even looked at: pages that were never used need not exist yet
    elif size <= _SMALL:
        block.arena.memory[block.offset : block.offset + size] = bytes(size)
    else:
        memset(addressof(obj), 0, size)
    return obj


def open_passport(passport: Passport) -> Any:
    """Return a new object where the passport says."""
    block = passport.block
    obj = passport.type.from_buffer(block.arena.memory, block.offset)
    try:
        attributes = obj.__dict__
    except AttributeError:
        # Without it the object would cross to a spawned child as a private copy, and nobody would
        # be told.
        raise TypeError(
            f"{passport.type.__name__} cannot be shared: its __slots__ leave instances no __dict__"
        ) from None
    attributes["__reduce_ex__"] = passport
    return obj


def _receive(arena: Arena, offset: int, description: TypeDescription, _lifeline: None) -> Passport:
    # Who sent it learns by the lifeline, which has come before, when this process ends.
    return Passport(Block(arena, offset), restore(description))


def passport_of(obj: Any) -> Passport | None:
    """Return the passport of a shared object, or a new one for a part of it; else None."""
    root = obj
    while getattr(root, "_b_base_", None) is not None:
        root = root._b_base_
    passport = getattr(root, "__dict__", {}).get("__reduce_ex__")
    if not isinstance(passport, Passport):
        return None
    if root is obj:
        return passport
    delta = addressof(obj) - addressof(root)
    # A block that does not come back: the passport of the whole has the claim.
    part = Block(passport.block.arena, passport.block.offset + delta)
    return Passport(part, type(obj), passport)


_asked_before = getattr(reduction.ForkingPickler, "reducer_override", None)


def _reduce(pickler: Any, obj: Any) -> Any:
    """Reduce a shared object, or a part of one for a child that is being spawned.

    The pickler's `reducer_override`.  Through a pipe or a queue a part goes by value, as ever, and
    an object is refused.
    """
    is_of_ctypes = isinstance(obj, _CTYPES)
    if is_of_ctypes and (getattr(obj, "_b_base_", None) is None or _leases.is_spawning()):
        passport = passport_of(obj)
        if passport is not None:
            if not hasattr(obj, "__dict__"):
                # `open_passport` would say so in the child, where it is too late.
                raise TypeError(f"{type(obj).__name__} cannot be shared: it has no __dict__")
            return passport()
    return NotImplemented if _asked_before is None else _asked_before(pickler, obj)


reduction.ForkingPickler.reducer_override = _reduce  # type: ignore[method-assign]
