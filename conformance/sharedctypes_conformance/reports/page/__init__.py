"""Reports as a page: one HTML file that needs no server, no network and nothing beside it.

A report may come from a stranger, so it is only data here. The template escapes what it shows, the
rest is JSON that the page's own script shows as text, and the Content-Security-Policy allows this
script and this style sheet by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ...verdicts.model import Report
from ..words import printable
from .content import Column, content_of
from .marks import KINDS, LETTERS, SUFFIXES

_SCRIPTS = ("elements.js", "clause.js", "pictures.js", "page.js")


def page_of(reports: Sequence[Report]) -> str:
    """Return the page of some reports, whose results are shown side by side."""
    content = content_of(reports)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["printable"] = printable
    environment.globals["view_of"] = _view_of
    style = _file("page.css")
    script = "'use strict';\n(() => {\n" + "\n".join(map(_file, _SCRIPTS)) + "})();\n"
    return environment.from_string(_file("page.html")).render(
        policy=_policy(script, style),
        # Both are files of this package: what they are is known, and escaped they would not work.
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        data=_embedded(content.data),
        content=content,
        reports=reports,
        kinds=KINDS,
        letters=LETTERS,
        suffixes=SUFFIXES,
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _policy(script: str, style: str) -> str:
    """Return a policy under which nothing runs, and nothing is loaded, but these two texts."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
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


def _embedded(data: dict[str, Any]) -> Markup:
    """Return data as JSON that no parser of HTML takes for anything but text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - there is nothing left in it to escape


def _view_of(column: Column, method: str, kind: str = "") -> str:
    """Return the part of an address that shows one cell of the summary."""
    named = {"backend": column.backend, "interpreter": column.interpreter, "method": method}
    return "#" + urlencode(named | ({"verdict": kind} if kind else {}))
