"""Texts of a report, which may come from a stranger: none may do more than be read.

In a terminal an escape sequence can hide what is printed, or put words into the mouth of the shell;
in any text, characters that reverse the direction of writing can. So they are spelled out.
"""

from __future__ import annotations

import re
from typing import Any

# What JSON may spell an unprintable character with. Reports of ours escape nothing else.
_ESCAPES = re.compile(r"\\[bfru]")


def printable(text: str) -> str:
    """Return a text without control characters, and what else XML or a terminal may not get."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        char if char in "\n\t" or (char.isprintable() and char < "\ufffe") else repr(char)[1:-1]
        for char in text
    )


def may_hide(json: str) -> bool:
    """Return whether JSON may have texts with characters that are not printable."""
    return bool(_ESCAPES.search(json)) or printable(json) != json


def all_printable(data: Any) -> Any:
    """Return what JSON has become with all texts in it printable, also those that are keys."""
    match data:
        case str():
            return printable(data)
        case list():
            return [all_printable(item) for item in data]
        case dict():
            return {printable(key): all_printable(value) for key, value in data.items()}
    return data
