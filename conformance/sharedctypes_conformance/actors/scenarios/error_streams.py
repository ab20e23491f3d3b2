"""Standard errors that have no descriptor, as programs without a terminal have them."""

from __future__ import annotations

import io
import sys
from typing import Any


class _WithoutNumber(io.StringIO):
    """Some streams return -1 for a descriptor, which is none."""

    def fileno(self) -> int:
        """Return that there is none."""
        return -1


_STREAMS: dict[str, Any] = {
    "has a fileno() that returns -1": _WithoutNumber,
    "has a fileno() that raises": io.StringIO,
    "is None": lambda: None,
}
NAMES = tuple(_STREAMS)


def replace(name: str) -> None:
    """Make such a stream the standard error of this process."""
    sys.stderr = _STREAMS[name]()
