"""Calls of a lock's `acquire` in every spelling, grouped by what the call has to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..stage.history_in_words import describe_call
from ..stage.names import Name
from .decisions import Decisions, read_from

# The longest timeout that `threading` takes on the systems that are judged: about 292 years.
LONGEST = 9223372036

# Long enough that an early return is noticed, even of a lock that polls every few milliseconds.
SHORT = (0.04, 0.08)


@dataclass(frozen=True)
class Acquire:
    """A call of `acquire`, in one of its spellings."""

    args: tuple[Any, ...] = ()
    keywords: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return describe_call(Name("acquire"), self.args, dict(self.keywords))

    __repr__ = __str__

    @property
    def may_wait(self) -> bool:
        """Whether it waits while another thread holds the lock."""
        given = {**dict(zip(("block", "timeout"), self.args, strict=False)), **dict(self.keywords)}
        timeout = given.get("timeout")
        return bool(given.get("block", True)) and (timeout is None or timeout > 0)


def spellings(block: Any, timeout: Any) -> list[Acquire]:
    """Return every spelling of a call with these arguments; defaults may be omitted."""
    found = [
        Acquire((block, timeout)),
        Acquire((block,), (("timeout", timeout),)),
        Acquire((), (("block", block), ("timeout", timeout))),
        Acquire((), (("timeout", timeout), ("block", block))),
    ]
    if timeout is None:
        found += [Acquire((block,)), Acquire((), (("block", block),))]
    if block is True:
        found.append(Acquire((), (("timeout", timeout),)))
    if block is True and timeout is None:
        found.append(Acquire())
    return found


@dataclass(frozen=True)
class Sort:
    """A sort of calls: the values that `block` and `timeout` can have."""

    block: tuple[bool, ...]
    timeouts: tuple[Callable[[Decisions], Any], ...]

    def read(self, decisions: Decisions) -> Acquire:
        """Read a call, in one of its spellings."""
        block = decisions.one_of(self.block)
        timeout = decisions.one_of(self.timeouts)(decisions)
        return decisions.one_of(spellings(block, timeout))

    def some(self, most: int) -> SearchStrategy[list[Acquire]]:
        """Return lists of one call or more."""
        return read_from(
            lambda decisions: [self.read(decisions) for _ in range(decisions.number(1) % most + 1)],
            1 + most * _BYTES,
        )


# How many bytes a call is read from, at most.
_BYTES = 7


def _none(_decisions: Decisions) -> None:
    return None


def _zero(decisions: Decisions) -> float:
    return decisions.one_of([0, 0.0, -0.0, False])


def _negative(decisions: Decisions) -> float:
    return -(decisions.number(2) + 1) * decisions.one_of([1, 0.5, 1e-9, 12345.678, 10**5])


def _positive(decisions: Decisions) -> float:
    return (decisions.number(2) + 1) * decisions.one_of([1, 0.001])


def _long(decisions: Decisions) -> float:
    number = decisions.number(2)
    seconds = decisions.one_of(
        [1000 + number, LONGEST - 1 - number, 10**6 + number, 86_399 + number, 2**31 - 1 + number]
    )
    # With most fractions the nanoseconds reach a second, whatever the clock says.
    return seconds + decisions.one_of([0, 0.5, 0.999_999, 0.999_9])


ANY = Sort((False, True), (_none, _zero, _negative, _positive, _long))
WITHOUT_BLOCKING = Sort((False,), ANY.timeouts)
WITHOUT_TIMEOUT = Sort((True,), (_none,))
WITH_LONG_TIMEOUT = Sort((True,), (_long,))
WAITING = Sort((True,), (_none, _long))
WITH_NONPOSITIVE_TIMEOUT = Sort((True,), (_zero, _negative))
NOT_WAITING = Sort((False, True), (_zero, _negative))

# None stands for a call of release.
_CALLS: tuple[Sort | None, ...] = (None, WITHOUT_BLOCKING, WITH_NONPOSITIVE_TIMEOUT, ANY)


def sequences(length: int) -> SearchStrategy[list[Acquire | None]]:
    """Return sequences of calls of acquire, and None, which stands for release."""

    def one(decisions: Decisions) -> Acquire | None:
        sort = decisions.one_of(_CALLS)
        return None if sort is None else sort.read(decisions)

    return read_from(lambda drawn: [one(drawn) for _ in range(length)], length * (1 + _BYTES))
