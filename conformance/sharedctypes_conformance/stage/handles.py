"""Handles: what a check holds instead of the objects, which live in actors.

A handle reads like the object: `counter.value += 1`, `array[2:5]`, `with counter:` are operations
of the actor that owns it. Plain data is returned as data, everything else as a handle. A check
calculates and compares only with plain data. Where a backend returned something else, `==`,
`bool()` and operators of a handle raise NotKept: they would be about the handle, not the object.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any, NoReturn, Protocol

from ..actors.runtime import batches, calls
from .findings import NotKept, Returned

# What checks do with the results of these methods needs an object, or a bool: a result that is
# merely true, or None, would be taken for a lock that was or was not acquired.
_RETURN_OBJECTS = ("get_obj", "get_lock")
_RETURNS_BOOL = "acquire"


class Owner(Protocol):
    """What a handle needs of the actor that has its object."""

    name: str
    pid: int

    def call(self, function: Any, /, *args: Any, **keywords: Any) -> Any:
        """Call a function in the actor's process; return its result."""

    def release(self, number: int) -> None:
        """Have the actor drop an object, at the latest with its next call."""


class Handle:
    """One object in one actor.

    `owner` is the actor; `number` the object's place in the actor's table; `kind` the dotted name
    of its class. An inherited object is `lent`: the child keeps it for good, however many handles
    go. The handle of an attribute has its name; `origin` is the number of the object that it was
    fetched from, 0 if there is none.
    """

    __slots__ = (
        "_handle_kind",
        "_handle_lent",
        "_handle_name",
        "_handle_number",
        "_handle_origin",
        "_handle_owner",
    )

    def __init__(self, owner: Owner, number: int, kind: str, lent: bool = False) -> None:
        set_own = object.__setattr__
        set_own(self, "_handle_owner", owner)
        set_own(self, "_handle_number", number)
        set_own(self, "_handle_kind", kind)
        set_own(self, "_handle_lent", lent)
        set_own(self, "_handle_name", "")
        set_own(self, "_handle_origin", 0)

    def __del__(self) -> None:
        if not self._handle_lent:
            self._handle_owner.release(self._handle_number)

    def __repr__(self) -> str:
        return f"<{self._handle_kind} in {self._handle_owner.name}>"

    def __getattr__(self, name: str) -> Any:
        attribute = self._handle_owner.call("builtins.getattr", self, name)
        if isinstance(attribute, Handle):
            object.__setattr__(attribute, "_handle_name", name)
        return attribute

    def __setattr__(self, name: str, value: object) -> None:
        self._handle_owner.call("builtins.setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._handle_owner.call("builtins.delattr", self, name)

    def __getitem__(self, index: object) -> Any:
        return self._handle_owner.call("operator.getitem", self, index)

    def __setitem__(self, index: object, value: object) -> None:
        self._handle_owner.call("operator.setitem", self, index, value)

    def __delitem__(self, index: object) -> None:
        self._handle_owner.call("operator.delitem", self, index)

    def __len__(self) -> int:
        length: int = self._handle_owner.call("builtins.len", self)
        return length

    def __iter__(self) -> Iterator[Any]:
        elements: list[Any] = self._handle_owner.call("builtins.list", self)
        return iter(elements)

    def __contains__(self, value: object) -> bool:
        found: bool = self._handle_owner.call("operator.contains", self, value)
        return found

    def __call__(self, *args: object, **keywords: object) -> Any:  # noqa: D102 - the object's
        return self._handle_owner.call(self, *args, **keywords)

    def __enter__(self) -> Any:
        return self._handle_owner.call(calls.enter, self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # An exception in the body was raised in the suite, not in the actor: just leave the block.
        # `with_statement` of the actors is for checks of what `with` does with an exception.
        self._handle_owner.call(calls.leave, self)

    def _is_not_plain(self, *_: object) -> NoReturn:
        raise not_plain(self)

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _is_not_plain
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __and__ = __or__ = _is_not_plain
    __neg__ = __invert__ = __index__ = __int__ = __float__ = __bytes__ = _is_not_plain
    __hash__ = None  # type: ignore[assignment]  # a handle is not its object: no dict of handles


# The attributes of a handle are those of its object, so its own are accessed by functions.


def owner_of(handle: Handle) -> Owner:
    """Return the actor that owns a handle's object; `actor_of` has all that an actor can do."""
    owner: Owner = handle._handle_owner
    return owner


def number_of(handle: Handle) -> int:
    """Return the number of the object: the same in every process that inherited it."""
    number: int = handle._handle_number
    return number


def attribute_of(handle: Handle) -> str:
    """Return the name of the attribute that the object was fetched as, "" if it was not."""
    name: str = handle._handle_name
    return name


def origin_of(handle: Handle) -> int:
    """Return the number of the object that it was fetched from, or of the lock that it was given.

    It is 0 if there is none.
    """
    origin: int = handle._handle_origin
    return origin


def comes_from(handle: Handle, origin: int) -> None:
    """Note where an object comes from."""
    object.__setattr__(handle, "_handle_origin", origin)


def kind_of(handle: Handle) -> str:
    """Return the dotted name of the object's class."""
    kind: str = handle._handle_kind
    return kind


def in_words(handle: Handle) -> str:
    """Return what the object is, as text that is different for any other object."""
    words: str = owner_of(handle).call(batches.in_words, handle)
    return words


def not_plain(handle: Handle) -> NotKept:
    """Return the finding that a backend returned an object instead of plain data."""
    kind = kind_of(handle)
    return NotKept(f"{in_words(handle)} was returned where plain data was expected", Returned(kind))


def invoke(handle: Handle, method: str, /, *args: Any, **keywords: Any) -> Any:
    """Call a method of the object, in one round trip instead of the two that `handle.method()` is.

    Raises like `Actor.call`.
    """
    return owner_of(handle).call(calls.call_method, handle, method, *args, **keywords)


def expect_kind(method: str, returned: Any) -> None:
    """Raise NotKept if what a method returned is not of the kind that it has to be."""
    is_object = isinstance(returned, Handle)
    if (method in _RETURN_OBJECTS and not is_object) or (
        method == _RETURNS_BOOL and not isinstance(returned, bool)
    ):
        kind = kind_of(returned) if is_object else f"builtins.{type(returned).__name__}"
        shown = in_words(returned) if is_object else repr(returned)
        raise NotKept(f"{method}() returned {shown}", Returned(kind, method))
