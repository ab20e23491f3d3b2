"""Outcomes as texts, in the form in which reproducers print them."""

from __future__ import annotations

import ast
import re
from typing import Any

from .reading import Object, Record, Step

# What cannot be said in a text: an object, which is another one each time.
AN_OBJECT = "an object"

PLAYED = "runtime.batches.PlayedOperation"


def text_of(step: Step) -> str:
    """Return the outcome of an operation; "" if it did not end, or made objects besides others."""
    if step.raised is not None:
        return f"raises {step.raised.names[0].removeprefix('builtins.')}"
    if not step.ended:
        return ""
    if isinstance(step.returned, Object):
        return AN_OBJECT
    return _shown(step.returned) if _is_plain(step.returned) else ""


def as_printed(text: str) -> str:
    """Return an outcome as the suite words it (`returned list of 1, 2`) as it is printed."""
    how, _, what = text.partition(" ")
    if how == "raised":
        return f"raises {what}"
    return _value_as_printed(what)


def wanted(text: str) -> tuple[str, ...]:
    """Return the outcomes that should be, of which there may be several if it is an exception."""
    if text.startswith("raised "):
        return tuple(f"raises {name}" for name in text.removeprefix("raised ").split(" or "))
    return (as_printed(text),)


def played(step: Step) -> str:
    """Return the outcome of an operation of `batches.play`, which is a text already."""
    record = step.returned
    if not isinstance(record, Record) or record.name != PLAYED:
        return text_of(step)
    how, what = record.parts[:2]
    return as_printed(f"{how} {str(what).removeprefix('builtins.')}")


def difference(ours: str, should: str, again: str) -> tuple[str, str] | None:
    """Return which part of an outcome should be another one, and how it should be.

    `should` and `again` are outcomes of a backend that keeps the clause; what differs between these
    proves nothing. The part is "" for the whole, else what picks it: `.name` or `[key]`.
    """
    if ours == should:
        return None
    if should == again and is_literal(should):
        return "", should
    texts = [_parts(text) for text in (ours, should, again)]
    for part in texts[0]:
        one, other, another = (text.get(part) for text in texts)
        if one != other and other == another and other is not None and is_literal(other):
            return part, other
    return None


def _parts(text: str) -> dict[str, str]:
    """Return the parts of the text of a record or a dict, each by what picks it."""
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {}
    match tree:
        case ast.Call(keywords=keywords):
            return {f".{one.arg}": ast.unparse(one.value) for one in keywords}
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {f"[{ast.unparse(key)}]": ast.unparse(one) for key, one in pairs if key}
    return {}


def is_literal(text: str) -> bool:
    """Return whether a text is what `repr` returns for plain data, or an exception."""
    if text.startswith("raises "):
        return True
    try:
        tree = ast.parse(text, mode="eval").body
        values = [one.value for one in tree.keywords] if isinstance(tree, ast.Call) else [tree]
        for value in values:
            ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text in ("nan", "inf", "-inf")
    return True


def _value_as_printed(what: str) -> str:
    for kind, begin, end in (("list", "[", "]"), ("tuple", "(", ")")):
        found = re.match(f"{kind} of ?", what)
        if found and " of " not in what[found.end() :].replace(" of bytes ", ""):
            inner = what[found.end() :]
            comma = "," if kind == "tuple" and inner and ", " not in inner else ""
            return f"{begin}{inner}{comma}{end}"
    return what


def _is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(_is_plain(key) and _is_plain(one) for key, one in value.items())
    if isinstance(value, Record):
        return _is_plain(value.parts)
    return type(value).__module__ == "builtins"


def _shown(value: Any) -> str:
    if isinstance(value, Record):
        parts = ", ".join(f"{name}={_shown(part)}" for name, part in value.fields.items())
        return f"{value.name.rpartition('.')[2]}({parts})"
    if type(value) is list:
        return f"[{', '.join(map(_shown, value))}]"
    if type(value) is tuple:
        comma = "," if len(value) == 1 else ""
        return f"({', '.join(map(_shown, value))}{comma})"
    return repr(value)
