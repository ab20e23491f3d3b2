"""Shelves: shared objects that stay alive, with what should be in the memory of each.

An allocator's mistakes show in other objects than the one that it was asked for. So a shelf
remembers what it wrote last into each of its objects, and can be asked which of them have changed,
and which overlap. A child inherits it as a whole.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..runtime.memory import object_of
from .recycled_memory import collect


class Shelf:
    """Shared objects of one thread. `mark` is in all that it writes, another for each shelf."""

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self.written = 0
        # Each with its raw object, its name and its bytes.
        self.held: list[list[Any]] = []

    def carry_out(self, steps: Sequence[tuple[str, int, Callable[..., Any], Any]]) -> None:
        """Make, fill, copy and drop objects, one after the other.

        A step is what to do, to which object, counted around, and the function that makes one,
        with its arguments, which may raise for one to "refuse". Only structures and unions are
        copied, of which any bytes make one.
        """
        dropped = False
        for what, which, function, args in steps:
            if what == "make":
                self.keep(function(*args))
            elif what == "refuse":
                # Whether it has to be refused is said by other clauses; otherwise it is dropped.
                with contextlib.suppress(Exception):
                    function(*args)
            elif self.held:
                place = which % len(self.held)
                if what == "drop":
                    del self.held[place]
                    dropped = True
                elif what == "fill":
                    self.fill(place)
                elif isinstance(self.held[place][1], (ctypes.Structure, ctypes.Union)):
                    self.keep(function(self.held[place][1]))
        if dropped:
            collect()

    def keep(self, obj: Any) -> None:
        """Put an object on the shelf, and fill it."""
        raw = object_of(obj)
        self.held.append([obj, raw, f"{type(raw).__name__} no. {self.written}", b""])
        self.fill(-1)

    def fill(self, place: int) -> None:
        """Fill an object with bytes that have not been written before."""
        entry = self.held[place]
        size = ctypes.sizeof(entry[1])
        self.written += 1
        # Not one of them is zero, and the first one differs from object to object.
        pattern = bytes([1 + (self.mark * 64 + self.written) % 255]) + b"%d/%d " % (
            self.mark,
            self.written,
        )
        entry[3] = (pattern * (size // len(pattern) + 1))[:size]
        ctypes.memmove(ctypes.addressof(entry[1]), entry[3], size)

    def fill_all(self) -> list[bytes]:
        """Fill all objects; return their bytes."""
        for place in range(len(self.held)):
            self.fill(place)
        return [wanted for _, _, _, wanted in self.held]

    def changed(self, wanted: Sequence[bytes] = ()) -> list[str]:
        """Return which objects do not hold what was written, here or by another shelf."""
        found = []
        for place, (_, raw, name, written) in enumerate(self.held):
            got, due = _bytes_of(raw), wanted[place] if wanted else written
            if got != due:
                first = next(at for at, byte in enumerate(got) if byte != due[at])
                found.append(f"{name}, byte {first}: {got[first]} instead of {due[first]}")
        return found

    def spans(self) -> list[tuple[int, int, str]]:
        """Return where each object begins, how long it is, and its name."""
        return [span_of(raw, name) for _, raw, name, _ in self.held]


def span_of(raw: Any, name: str = "") -> tuple[int, int, str]:
    """Return where a ctypes object begins, how long it is, and its name."""
    return ctypes.addressof(raw), ctypes.sizeof(raw), name or type(raw).__name__


def overlaps(shelves: Iterable[Shelf], others: Iterable[Any] = ()) -> list[str]:
    """Return which objects of one process overlap, as text."""
    spans = [span for shelf in shelves for span in shelf.spans()] + [span_of(raw) for raw in others]
    found = []
    end, last = 0, ""
    for start, size, name in sorted(spans):
        if size and start < end:
            found.append(f"{name} begins {end - start} bytes before the end of {last}")
        if size and start + size > end:
            end, last = start + size, name
    return found


def _bytes_of(raw: Any) -> bytes:
    return ctypes.string_at(ctypes.addressof(raw), ctypes.sizeof(raw))


def unaligned(shelf: Shelf, multiple: int) -> list[str]:
    """Return which objects do not begin at a multiple of some number of bytes."""
    return [f"{name} begins at {start:#x}" for start, _, name in shelf.spans() if start % multiple]


# What is recorded.


def misaligned(raw_value: Callable[..., Any], count: int) -> dict[str, Any]:
    """Return how many objects of wide types do not begin where their types' alignment says.

    Small values are made in between, or chance would align all of them.
    """
    wide = {
        "c_longdouble": ctypes.c_longdouble,
        "_align_ = 64": type("Wide", (ctypes.Structure,), {"_align_": 64, "_fields_": _ONE_INT}),
    }
    found = {}
    for name, type_ in wide.items():
        if ctypes.alignment(type_) <= 8:
            found[name] = f"the type's alignment is {ctypes.alignment(type_)}"
            continue
        made = [raw_value(kind) for _ in range(count) for kind in (ctypes.c_double, type_)]
        misaligned = [ctypes.addressof(obj) % ctypes.alignment(type_) for obj in made[1::2]]
        found[name] = f"{sum(map(bool, misaligned))} of {count}"
    return found


_ONE_INT = [("n", ctypes.c_int)]


# Objects that are referred to by a view alone.


def _bytes_view(obj: Any) -> Any:
    return (ctypes.c_ubyte * memoryview(obj).nbytes).from_buffer(obj)


def _itself(obj: Any) -> Any:
    return obj


def _first_part(obj: Any) -> Any:
    """Return the first element, or the first field that is an object."""
    if isinstance(obj, ctypes.Array):
        return obj[0]
    parts = (getattr(obj, field[0]) for field in type(obj)._fields_)
    return next(part for part in parts if isinstance(part, (ctypes.Structure, ctypes.Array)))


# Makes a view that is all that refers to an object, by what sort of view it is.
PARTS: dict[str, Callable[[Any], Any]] = {"a part of it": _first_part}


class _Keeping:
    """Part of a cycle; when that is collected, its finalizer puts an object into a list."""

    def __init__(self, obj: Any, kept: list[Any]) -> None:
        self.obj = obj
        self.kept = kept
        self.cycle = self

    def __del__(self) -> None:
        self.kept.append(self.obj)


def _resurrected(obj: Any) -> Any:
    kept: list[Any] = []
    _Keeping(obj, kept)
    return kept


BUFFERS: dict[str, Callable[[Any], Any]] = {
    "a memoryview": memoryview,
    "a part of a memoryview": lambda obj: memoryview(obj).cast("B")[1:],
    "from_buffer(obj)": _bytes_view,
    "from_buffer(memoryview(obj))": lambda obj: _bytes_view(memoryview(obj)),
}
POINTERS: dict[str, Callable[[Any], Any]] = {
    "pointer(obj)": ctypes.pointer,
    "pointer(obj).contents": lambda obj: ctypes.pointer(obj).contents,
    "cast(pointer(obj), c_void_p)": lambda obj: ctypes.cast(ctypes.pointer(obj), ctypes.c_void_p),
    "byref(obj)": ctypes.byref,
}
RESURRECTED = "what a finalizer made reachable again"
_VIEWS: dict[str, Callable[[Any], Any]] = {
    **PARTS,
    **BUFFERS,
    **POINTERS,
    "get_obj()": _itself,
    RESURRECTED: _resurrected,
}


def outlived(
    name: str, make: Callable[..., Any], args: tuple[Any, ...], others: int
) -> tuple[bytes, bytes]:
    """Make an object, fill it, drop all but a view of it; make and fill others of its kind.

    Return what was in the object and what is there then.
    """
    obj = make(*args)
    shelf = Shelf(1)
    shelf.keep(obj)
    ((_, raw, _, wanted),) = shelf.held
    address = ctypes.addressof(raw)
    view = _VIEWS[name](raw)
    shelf.held.clear()
    del obj, raw
    collect()
    for _ in range(others):
        shelf.keep(make(*args))
    found = ctypes.string_at(address, len(wanted))
    del view
    return wanted, found
