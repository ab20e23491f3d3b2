"""What programs put shared objects into before they give them to a process."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass
class Record:
    """What users put their objects into."""

    objects: Any
    title: str = "shared"


class Plain:
    """An ordinary class with an attribute."""

    def __init__(self, objects: Any) -> None:
        self.objects = objects


class Slotted:
    """A class whose instances have no dictionary."""

    __slots__ = ("objects",)

    def __init__(self, objects: Any) -> None:
        self.objects = objects


def attribute(objects: Any) -> Any:
    """Return what an instance of one of these classes holds."""
    return objects.objects


def _values(objects: Any) -> Any:
    return list(objects.values())


def _nested(objects: Any) -> Any:
    return [pair[1]["object"] for pair in objects]


def _called(objects: Any) -> Any:
    return objects()


# How objects are put into each, and taken out of it.
CONTAINERS: dict[str, tuple[Callable[[Sequence[Any]], Any], Callable[[Any], Any]]] = {
    "a list": (list, list),
    "a tuple": (tuple, list),
    "a dict": (lambda objects: dict(enumerate(objects)), _values),
    "lists of dicts": (lambda objects: [(0, {"object": obj}) for obj in objects], _nested),
    "a deque": (deque, list),
    "a dataclass": (Record, attribute),
    "an attribute": (Plain, attribute),
    "an attribute in __slots__": (Slotted, attribute),
    "a partial among the arguments": (
        lambda objects: functools.partial(list, objects),
        _called,
    ),
}
