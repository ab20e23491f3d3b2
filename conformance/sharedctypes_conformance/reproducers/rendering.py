"""Programs from templates, with the imports that they need and no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2

# The modules that templates and expressions use.
_MODULES = (
    *(
        "collections",
        "contextlib",
        "ctypes",
        "functools",
        "importlib",
        "operator",
        "os",
        "shutil",
        "signal",
    ),
    *("subprocess", "sys", "tempfile", "threading", "time"),
)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=False,  # noqa: S701 - it is Python that is written, of what has been read
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


def program(heading: str, imports: set[str], template: str, **values: object) -> str:
    """Return a program: its docstring, imports of what it uses, and a template with values."""
    body = _environment().get_template(template).render(**values)
    head = _environment().get_template("head.py.jinja")
    text = head.render(values, heading=heading, imports=_imports(body, imports)) + "\n" + body
    return re.sub(r"\n{4,}", "\n\n\n", text).rstrip() + "\n"


def _imports(used: str, lines: set[str]) -> list[str]:
    """Return the lines that import these, and the modules of the templates that are used."""
    modules = {f"import {name}" for name in _MODULES if re.search(rf"\b{name}\.", used)}
    return sorted(modules | lines, key=lambda line: (line.startswith("from"), line))
