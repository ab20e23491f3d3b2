"""A child that lets go of all that it was given, makes objects of the same kinds, and fills these.

It gets its objects in a list, which it clears: its Process refers to the list for as long as it
lives, and so does, in a forked child, the function of its parent that it began in.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from ..objects.recycled_memory import collect
from ..runtime import processes
from ..runtime.marks import long_running
from ..runtime.memory import contents, fill, object_of

_TIMES = 8


@long_running
def left_when_a_child_drops(
    backend: str, makings: Sequence[tuple[str, tuple[Any, ...]]], mark: int
) -> tuple[int | None, list[bytes]]:
    """Make objects, fill them with `mark`, and give them to a child that drops them.

    `makings` are Value, Array, RawValue or RawArray, and arguments.

    Return the child's exit code, None if it did not end, and the bytes of the objects then.
    """
    objects = _make(backend, makings, mark)
    process = processes.context().Process(
        target=_drop_and_make, args=(objects, backend, makings, mark + 1)
    )
    process.start()
    code = processes.end_of(process)
    return code, [contents(object_of(obj))[1] for obj in objects]


def _drop_and_make(
    objects: list[Any], backend: str, makings: Sequence[tuple[str, tuple[Any, ...]]], mark: int
) -> None:
    objects.clear()
    collect()
    _made = [_make(backend, makings, mark) for _ in range(_TIMES)]


def _make(backend: str, makings: Sequence[tuple[str, tuple[Any, ...]]], mark: int) -> list[Any]:
    module = importlib.import_module(backend)
    made = [getattr(module, maker)(*args) for maker, args in makings]
    for obj in made:
        fill(object_of(obj), bytes([mark]) * len(contents(object_of(obj))[1]))
    return made
