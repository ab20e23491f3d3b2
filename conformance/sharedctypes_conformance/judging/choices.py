"""The choices that hypothesis made for an example, kept so that it can be run again by itself.

hypothesis stores the smallest example that failed in a database, as bytes: the choices from which
its strategies read the example. Here the database is as small as can be. It has what a report gives
to begin with, and remembers what was stored last. Choices that are broken, or that a strategy
cannot read any more, are ignored by hypothesis, which never evaluates them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from hypothesis.database import ExampleDatabase

# The keys of examples that are not the smallest end with a dot and a word.
_OF_OTHERS = (b".secondary", b".pareto")


class Choices(ExampleDatabase):
    """A database of one example; `smallest` is what was stored last, in base64."""

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self.smallest = ""
        try:
            self._first = base64.b64decode(first, validate=True)
        except (binascii.Error, ValueError):
            self._first = b""

    def fetch(self, key: bytes) -> Iterable[bytes]:
        """Return the example to begin with."""
        return [self._first] if self._first and not key.endswith(_OF_OTHERS) else []

    def save(self, key: bytes, value: bytes) -> None:
        """Remember the smallest example."""
        if not key.endswith(_OF_OTHERS):
            self.smallest = base64.b64encode(value).decode()

    def delete(self, key: bytes, value: bytes) -> None:
        """Forget the example to begin with: it does not fail any more."""
        if value == self._first and not key.endswith(_OF_OTHERS):
            self._first = b""
