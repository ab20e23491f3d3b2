"""Calls, blocks and identities for which the standard library has no single function."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any


def call_method(obj: Any, name: str, *args: Any, **keywords: Any) -> Any:
    """Call a method in one round trip."""
    return getattr(obj, name)(*args, **keywords)


def is_same(one: Any, other: Any) -> bool:
    """Return whether two names stand for one object."""
    return one is other


def special_method(obj: Any, name: str) -> Callable[..., Any]:
    """Return a special method of an object, as the interpreter finds it.

    It is looked up in the class and bound to the object. The class itself may give something else
    under that name: of a property, for instance, the property.
    """
    for cls in type(obj).__mro__:
        if name in vars(cls):
            found = vars(cls)[name]
            bind = getattr(type(found), "__get__", None)
            method: Callable[..., Any] = found if bind is None else bind(found, obj, type(obj))
            return method
    raise TypeError(f"{type(obj).__name__} has no {name}")


def enter(manager: Any) -> Any:
    """Do what a `with` statement does when it is entered."""
    return special_method(manager, "__enter__")()


def leave(manager: Any, raising: str | None = None) -> Any:
    """Do what a `with` statement does when it is left: by the named exception, or by none."""
    if raising is None:
        return special_method(manager, "__exit__")(None, None, None)
    try:
        raise getattr(builtins, raising)
    except BaseException as raised:
        exit_ = special_method(manager, "__exit__")
        return exit_(type(raised), raised, raised.__traceback__)


def with_statement(manager: Any, body: Callable[..., Any], *args: Any) -> Any:
    """Run `with manager: body(*args)`; return what the body returned, None if it was swallowed."""
    with manager:
        return body(*args)
    return None


def bound_by_with(manager: Any) -> Any:
    """Return what `with manager as x` binds to x."""
    with manager as bound:
        return bound


def raise_(name: str) -> None:
    """Raise a built-in exception."""
    raise getattr(builtins, name)


def is_exactly(obj: Any, cls: Any) -> bool:
    """Return whether an object's class is this very class."""
    return type(obj) is cls


def class_name(obj: Any) -> str:
    """Return the dotted name of an object's class."""
    return f"{type(obj).__module__}.{type(obj).__qualname__}"


def is_same_class(one: Any, other: Any) -> bool:
    """Return whether two objects have one class."""
    return type(one) is type(other)
