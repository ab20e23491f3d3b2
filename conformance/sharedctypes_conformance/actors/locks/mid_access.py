"""ctypes objects that run a hook in the middle of an access to them.

Whatever reads or writes a member of theirs runs the hook that is set, once, before it reaches the
memory. A backend may get there without their Python methods; then the hook stays unused.
"""

from __future__ import annotations

import builtins
import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..runtime.records import record
from ..threads.other_thread import OtherThread

_hook: Callable[[], None] | None = None


def _run_hook() -> None:
    global _hook
    # Once: what the hook does itself is not to run it again.
    hook, _hook = _hook, None
    if hook is not None:
        hook()


def _during(hook: Callable[[], None], function: Callable[..., Any], *args: Any) -> tuple[Any, bool]:
    """Call a function with a hook set; return what it raised, if anything, and if the hook ran."""
    global _hook
    _hook, raised = hook, None
    try:
        function(*args)
    except BaseException as problem:  # whatever it is
        raised = problem
    ran, _hook = _hook is None, None
    return raised, ran


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
    """An exception that no backend knows."""


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


@record
class InterruptedAccess(NamedTuple):
    """How an access ended that was interrupted by an exception of a kind.

    `number` is that of the access; those that ask their arguments count from -1 downwards. Whether
    it was interrupted, what it raised instead of the very exception ("" if that one), and whether
    another thread could acquire the lock afterwards.
    """

    kind: str
    number: int
    interrupted: bool
    raised_instead: str
    lock_is_free: bool


def interrupt_accesses(
    wrapper: Any,
    accesses: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]],
    kinds: Sequence[str],
) -> list[InterruptedAccess]:
    """Have each access interrupted by each kind of exception.

    The first access that leaves the lock held is the last.
    """
    found = []
    lock = wrapper.get_lock()
    by_arguments = _BY_ARGUMENTS[type(wrapper.get_obj()).__name__]
    with OtherThread() as thread:
        for kind in kinds:
            for number in range(-len(by_arguments), len(accesses)):
                raiser = Raiser(getattr(builtins, kind, Interruption)("in the middle"))
                if number < 0:
                    plain, _ = _during(_nothing, by_arguments[number], wrapper.get_obj(), raiser)
                    raised, _ = _during(_nothing, by_arguments[number], wrapper, raiser)
                    # ctypes may not ask, or raise an exception of its own when the answer failed.
                    ran = plain is raiser.error
                else:
                    function, args = accesses[number]
                    raised, ran = _during(raiser.raise_, function, wrapper, *args)
                same = raised is raiser.error
                other = "" if same else "nothing" if raised is None else repr(raised)
                free = thread.can_acquire(lock)
                found.append(InterruptedAccess(kind, number, ran, other, free))
                if not free:
                    return found
    return found


def _nothing() -> None:
    return


# An access within an access.


@record
class NestedAccess(NamedTuple):
    """The numbers of an access and of one in the middle of it, and the lock after each of them.

    It is free if another thread could acquire it.
    """

    outer: int
    inner: int
    free_after_inner: bool
    free_after_outer: bool


def nest_accesses(
    wrapper: Any, accesses: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]
) -> list[NestedAccess]:
    """Carry out each access in the middle of each; what is wrong first is the last.

    An inner one that did not take place is left out.
    """
    found: list[NestedAccess] = []
    lock = wrapper.get_lock()
    with OtherThread() as thread:
        for outer, (function, args) in enumerate(accesses):
            for inner, (inner_function, inner_args) in enumerate(accesses):
                between: list[bool] = []

                def hook(
                    function: Callable[..., Any] = inner_function,
                    args: tuple[Any, ...] = inner_args,
                    between: list[bool] = between,
                ) -> None:
                    function(wrapper, *args)
                    between.append(thread.can_acquire(lock))

                raised, ran = _during(hook, function, wrapper, *args)
                if raised is not None:
                    raise raised
                if ran:
                    free = between[0], thread.can_acquire(lock)
                    found.append(NestedAccess(outer, inner, *free))
                    if free != (False, True):
                        return found
    return found


# Suspending an access.


class Gate:
    """Suspends an access in its middle until it is opened."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._opened = threading.Event()
        self._inside = False

    def pass_through(self, function: Callable[..., Any], obj: Any, args: tuple[Any, ...]) -> None:
        """Carry out an access."""
        raised, _ = _during(self._wait, function, obj, *args)
        # Where nothing was run in the middle, `reached` must not wait for it.
        self._reached.set()
        if raised is not None:
            raise raised

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
