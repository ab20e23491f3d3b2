"""What a page is made of that nothing from a report may add to: its files, and its policy."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from ...verdicts.texts import printable


def environment() -> Environment:
    """Return where templates are rendered: what they show is escaped, and can be read."""
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["printable"] = printable
    return made


def own_file(name: str) -> str:
    """Return the text of a file of this package."""
    return (files(__package__) / name).read_text("utf-8")


def policy(style: str, script: str = "") -> str:
    """Return a policy under which nothing runs, and nothing is loaded, but these two texts."""
    return "; ".join(
        (
            "default-src 'none'",
            *([f"script-src '{_hash(script)}'"] if script else []),
            f"style-src '{_hash(style)}'",
            "img-src data:",  # the empty icon, so that no browser asks a server for one
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
