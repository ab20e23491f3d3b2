"""ctypes objects that do something in the middle of an access: they spy on who accesses them.

Whatever reads or writes a member of theirs runs the hook that is set, once, before it gets at the
memory. A backend may get there without their Python methods; then the hook stays unused.
"""

from __future__ import annotations

import builtins
import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any

from ..blocks.recorder import Elsewhere

_hook: Callable[[], None] | None = None


def _run_hook() -> None:
    global _hook
    # Once: what the hook does itself is not to run it again.
    hook, _hook = _hook, None
    if hook is not None:
        hook()


def _during(hook: Callable[[], None], function: Callable[..., Any], *args: Any) -> tuple[Any, bool]:
    """Call a function with a hook set; return the exception that came, if any, and if it ran."""
    global _hook
    _hook, came = hook, None
    try:
        function(*args)
    except BaseException as raised:  # whatever it raises is what came
        came = raised
    ran, _hook = _hook is None, None
    return came, ran


def _attribute(base: Any, name: str) -> Any:
    plain = getattr(base, name)

    def get(self: Any) -> Any:
        _run_hook()
        return plain.__get__(self, type(self))

    def put(self: Any, value: Any) -> None:
        _run_hook()
        plain.__set__(self, value)

    return property(get, put)


class Number(ctypes.c_int):
    """A simple object."""

    value = _attribute(ctypes.c_int, "value")


class _Items:
    def __getitem__(self, index: Any) -> Any:
        _run_hook()
        return super().__getitem__(index)  # type: ignore[misc]

    def __setitem__(self, index: Any, value: Any) -> None:
        _run_hook()
        super().__setitem__(index, value)  # type: ignore[misc]


class Numbers(_Items, ctypes.c_short * 3):  # type: ignore[misc]
    """An array."""


class Text(_Items, ctypes.c_char * 8):  # type: ignore[misc]
    """An array of characters."""

    value = _attribute(ctypes.c_char * 8, "value")
    raw = _attribute(ctypes.c_char * 8, "raw")


class Pair(ctypes.Structure):
    """A structure."""

    _fields_ = (("x", ctypes.c_double), ("n", ctypes.c_int))

    def __getattribute__(self, name: str) -> Any:
        if name in ("x", "n"):
            _run_hook()
        return super().__getattribute__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("x", "n"):
            _run_hook()
        super().__setattr__(name, value)


# Interrupting an access.


class Interruption(BaseException):
    """What no backend knows."""


class Raiser:
    """A value that raises whatever is asked of it."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def raise_(self, *_args: Any) -> Any:
        """Raise it."""
        raise self.error

    __index__ = __int__ = __float__ = __len__ = __iter__ = __getitem__ = raise_


_BY_ARGUMENTS: dict[str, Sequence[Callable[[Any, Any], Any]]] = {
    "Number": [lambda obj, raiser: setattr(obj, "value", raiser)],
    "Numbers": [
        lambda obj, raiser: obj[raiser],
        lambda obj, raiser: obj[raiser:],
        lambda obj, raiser: obj.__setitem__(raiser, 1),
        lambda obj, raiser: obj.__setitem__(0, raiser),
        lambda obj, raiser: obj.__setitem__(slice(0, 2), raiser),
        lambda obj, raiser: obj.__setitem__(slice(0, 2), [1, raiser]),
        lambda obj, raiser: obj.__setitem__(slice(raiser, 2), [1, 2]),
    ],
    "Text": [
        lambda obj, raiser: obj[raiser],
        lambda obj, raiser: obj.__setitem__(raiser, b"x"),
        lambda obj, raiser: obj.__setitem__(slice(0, 2), raiser),
    ],
    "Pair": [
        lambda obj, raiser: setattr(obj, "x", raiser),
        lambda obj, raiser: setattr(obj, "n", raiser),
    ],
}


def interrupted(
    wrapper: Any,
    accesses: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
    kinds: Sequence[str],
) -> list[tuple[str, int, bool, str, bool]]:
    """Have each access interrupted by each kind of exception; return what came of it.

    Told is the kind and the number of the access (those that ask their arguments count from -1
    downwards), whether it was interrupted, what it raised ("" for the very exception), and whether
    another thread could have the lock afterwards; if it could not, nothing more is tried.
    """
    told = []
    lock = wrapper.get_lock()
    by_arguments = _BY_ARGUMENTS[type(wrapper.get_obj()).__name__]
    with Elsewhere() as elsewhere:
        for kind in kinds:
            for number in range(-len(by_arguments), len(accesses)):
                raiser = Raiser(getattr(builtins, kind, Interruption)("in the middle"))
                if number < 0:
                    plain, _ = _during(_nothing, by_arguments[number], wrapper.get_obj(), raiser)
                    came, _ = _during(_nothing, by_arguments[number], wrapper, raiser)
                    # ctypes may not ask, or say in words of its own that the answer failed.
                    ran = plain is raiser.error
                else:
                    function, args = accesses[number]
                    came, ran = _during(raiser.raise_, function, wrapper, *args)
                very = came is raiser.error
                what = "" if very else "nothing" if came is None else repr(came)
                told.append((kind, number, ran, what, elsewhere.free(lock)))
                if not told[-1][-1]:
                    return told
    return told


def _nothing() -> None:
    return


# An access within an access.


def nested(
    wrapper: Any, accesses: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]
) -> list[tuple[int, int, bool, bool]]:
    """Do each access in the middle of each.

    Told are the numbers of the outer and the inner one, where the inner one took place, and whether
    another thread could have the lock after the inner and after the outer one; if that is wrong,
    nothing more is tried.
    """
    told: list[tuple[int, int, bool, bool]] = []
    lock = wrapper.get_lock()
    with Elsewhere() as elsewhere:
        for outer, (function, args) in enumerate(accesses):
            for inner, (inner_function, inner_args) in enumerate(accesses):
                between: list[bool] = []

                def hook(
                    function: Callable[..., Any] = inner_function,
                    args: tuple[Any, ...] = inner_args,
                    between: list[bool] = between,
                ) -> None:
                    function(wrapper, *args)
                    between.append(elsewhere.free(lock))

                came, ran = _during(hook, function, wrapper, *args)
                if came is not None:
                    raise came
                if ran:
                    told.append((outer, inner, between[0], elsewhere.free(lock)))
                    if told[-1][2:] != (False, True):
                        return told
    return told


# Holding an access up.


class Gate:
    """Holds an access up in its middle until it is opened."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._opened = threading.Event()
        self._inside = False

    def pass_through(self, function: Callable[..., Any], obj: Any, args: tuple[Any, ...]) -> None:
        """Carry out an access."""
        came, _ = _during(self._wait, function, obj, *args)
        # Where nothing was run in the middle, nobody is to wait for it.
        self._reached.set()
        if came is not None:
            raise came

    def _wait(self) -> None:
        self._inside = True
        self._reached.set()
        self._opened.wait()

    def reached(self) -> bool:
        """Wait for the access to get to its middle; return whether it did, or has ended before."""
        self._reached.wait()
        return self._inside

    def open(self) -> None:
        """Let it pass."""
        self._opened.set()
