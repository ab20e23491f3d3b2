"""Reports as a page: one HTML file that needs no server, no network and nothing beside it.

A report may come from a stranger, so it is only data here. The template escapes what it shows, the
rest is JSON that the page's own script shows as text, and the Content-Security-Policy allows this
script and this style sheet by their hashes and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from ...verdicts.model import Report
from .content import Column, content_of
from .marks import KINDS, LETTERS, SUFFIXES
from .security import environment, own_file, policy

_SCRIPTS = ("elements.js", "clause.js", "pictures.js", "page.js")


def page_of(reports: Sequence[Report], contract: str = "") -> str:
    """Return the page of some reports, whose results are shown side by side.

    `contract` is the address of the contract as a document, whose places clauses link to.
    """
    content = content_of(reports)
    content.data["contract"] = contract
    templates = environment()
    templates.globals["view_of"] = _view_of
    style = own_file("page.css")
    script = "'use strict';\n(() => {\n" + "\n".join(map(own_file, _SCRIPTS)) + "})();\n"
    return templates.from_string(own_file("page.html")).render(
        policy=policy(style, script),
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
