"""Calls of a lock's `acquire`: every way to write them, by what they have to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..stage.handles import Name
from ..stage.history import describe_call

# The longest time-out that `threading` takes on the systems that are judged: about 292 years.
LONGEST = 9223372036

# Long enough to be seen to end too early, also by those who look every few milliseconds.
SHORT = (0.04, 0.08)


@dataclass(frozen=True)
class Acquire:
    """A call of `acquire`, as it is written."""

    args: tuple[Any, ...] = ()
    keywords: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return describe_call(Name("acquire"), self.args, dict(self.keywords))

    __repr__ = __str__

    @property
    def may_wait(self) -> bool:
        """Whether it waits if another has the lock."""
        said = {**dict(zip(("block", "timeout"), self.args, strict=False)), **dict(self.keywords)}
        timeout = said.get("timeout")
        return bool(said.get("block", True)) and (timeout is None or timeout > 0)


def ways_to_write(block: Any, timeout: Any) -> list[Acquire]:
    """Return the calls that say this; what is the default may be left out."""
    ways = [
        Acquire((block, timeout)),
        Acquire((block,), (("timeout", timeout),)),
        Acquire((), (("block", block), ("timeout", timeout))),
        Acquire((), (("timeout", timeout), ("block", block))),
    ]
    if timeout is None:
        ways += [Acquire((block,)), Acquire((), (("block", block),))]
    if block is True:
        ways.append(Acquire((), (("timeout", timeout),)))
    if block is True and timeout is None:
        ways.append(Acquire())
    return ways


def _written(block: SearchStrategy[Any], timeout: SearchStrategy[Any]) -> SearchStrategy[Acquire]:
    return st.tuples(block, timeout).flatmap(lambda said: st.sampled_from(ways_to_write(*said)))


none = st.none()
zero = st.sampled_from([0, 0.0, -0.0, False])
negative = st.floats(-1e9, -1e-9) | st.integers(-(10**9), -1)
long = st.floats(1000, LONGEST) | st.integers(1000, LONGEST)
any_timeout = none | zero | negative | st.floats(0.001, 1000) | long

yes, no = st.just(True), st.just(False)

without_blocking = _written(no, any_timeout)
without_end = st.sampled_from(ways_to_write(True, None))
with_long_timeout = _written(yes, long)
with_no_time = _written(yes, zero | negative)
at_once = without_blocking | with_no_time
any_acquire = _written(st.booleans(), any_timeout)
