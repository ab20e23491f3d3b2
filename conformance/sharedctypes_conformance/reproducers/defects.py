"""The pages of known defects, which have reproducers of their own, where this is a checkout."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FOLDER = Path(__file__).parents[3] / "reports" / "defects"

# Those whose defects have pages, unless a page says that it is about some of them.
_ALL = ("multiprocessing.sharedctypes", "multiprocess.sharedctypes", "billiard.sharedctypes")


def pages_about(clause: str, backend: str) -> list[str]:
    """Return the pages, as paths in the checkout, about a clause that a backend does not keep."""
    pages = []
    for file in sorted(_FOLDER.glob("*.toml")):
        told = tomllib.loads(file.read_text("utf-8"))
        if clause in told["clauses"] and backend in told.get("backends", _ALL):
            pages.append(f"reports/defects/{file.stem}.md")
    return pages
