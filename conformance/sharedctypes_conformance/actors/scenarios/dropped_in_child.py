"""A child that drops all that it was given, constructs objects of the same kinds, and fills these.

It gets its objects in a list, which it clears: its Process refers to the list for as long as it
lives, and so does, in a forked child, the function of its parent that it began in.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, NamedTuple, Tuple

from ..objects.recycled_memory import collect
from ..runtime.children import Ended, run_child
from ..runtime.marks import long_running
from ..runtime.memory import contents, fill, object_of
from ..runtime.records import record

_TIMES = 8


# The name of one of the backend's functions, and arguments.
_Call = Tuple[str, Tuple[Any, ...]]


@record
class DroppedInChild(NamedTuple):
    """How the child ended, and the bytes of the parent's objects then."""

    child: Ended
    contents: list[bytes]


@long_running
def drop_in_child(backend: str, calls: Sequence[_Call], mark: int) -> DroppedInChild:
    """Construct objects, fill them with `mark`, and give them to a child that drops them."""
    objects = _construct(backend, calls, mark)
    ended = run_child(_drop_and_construct, objects, backend, calls, mark + 1)
    return DroppedInChild(ended, [contents(object_of(obj))[1] for obj in objects])


def _drop_and_construct(
    objects: list[Any], backend: str, calls: Sequence[_Call], mark: int
) -> None:
    objects.clear()
    collect()
    _live = [_construct(backend, calls, mark) for _ in range(_TIMES)]


def _construct(backend: str, calls: Sequence[_Call], mark: int) -> list[Any]:
    module = importlib.import_module(backend)
    objects = [getattr(module, name)(*args) for name, args in calls]
    for obj in objects:
        fill(object_of(obj), bytes([mark]) * len(contents(object_of(obj))[1]))
    return objects
