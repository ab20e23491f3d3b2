"""Whether a failure recurs on fresh actors, by itself or after the examples before it.

Examples take their objects from a pool, and a backend may keep state from an earlier one. So an
example that failed is repeated on actors that have done nothing else. If several examples show a
defect, the smallest is tried first, and the larger ones if it does not fail again: the smaller an
example is, the more likely it failed because of those before it. If none fails by itself, the last
is repeated after all the examples before it: what a backend allocates may depend on what it has
allocated before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..stage.findings import Finding, Refused, Unjudged
from .examples import Bench, Example, Failure

# How often a failing example is repeated on fresh actors at most. It is not repeated again once it
# has recurred often enough: only once, if that takes a restart of the processes or a time-out.
TRIES = 3


@dataclass(frozen=True)
class Confirmation:
    """A failure, with the number of repetitions in which it recurred and of examples before it."""

    failure: Failure
    recurred: int
    tries: int
    before: int = 0


def fails_by_itself(bench: Bench, example: Example) -> bool:
    """Return whether an example fails in any way on fresh actors."""
    failures, _ = _repeat(bench, example, (), is_enough=bool)
    return bool(failures)


def confirm(
    bench: Bench, candidates: Iterable[Failure], memory: Iterable[Example], repetitions: int
) -> Confirmation:
    """Repeat failures in their order until one recurs; return that one, else the last.

    It has to recur so often: `repetitions`. `memory` has all examples in the order in which they
    were run.
    """
    for failure in candidates:
        confirmation = _confirm(bench, failure, (), repetitions)
        if confirmation.recurred:
            return confirmation
    last = failure.example.text
    before = tuple(takewhile(lambda example: example.text != last, memory))
    return _confirm(bench, failure, before, repetitions) if before else confirmation


def _confirm(
    bench: Bench, failure: Failure, before: Sequence[Example], repetitions: int
) -> Confirmation:
    """Repeat a failure after the examples `before` it, until it has recurred often enough."""
    enough = 1 if failure.is_costly else repetitions

    def has_recurred(failures: Sequence[Failure]) -> bool:
        return sum(again.verdict is failure.verdict for again in failures) >= enough

    failures, tries = _repeat(bench, failure.example, before, has_recurred)
    recurring = _recurring(failure, failures)
    if recurring and recurring[0].verdict is not failure.verdict:
        failure = recurring[0]
    return Confirmation(failure, len(recurring), tries, len(before))


def _repeat(
    bench: Bench,
    example: Example,
    before: Sequence[Example],
    is_enough: Callable[[Sequence[Failure]], bool],
) -> tuple[list[Failure], int]:
    """Run an example `TRIES` times, each on fresh actors; return its failures and the tries.

    Stops when the failures are enough. The examples `before` it are run first each time, and their
    outcomes are ignored.
    """
    failures = []
    tries = 0
    while tries < TRIES:
        tries += 1
        bench.stage.reset()
        for earlier in before:
            try:
                bench.run(earlier)
            except Finding as other:
                bench.tidy(other)
            except (Refused, Unjudged):
                continue
        try:
            failure = bench.failure(example)
        except (Refused, Unjudged):  # a try that shows nothing
            continue
        if failure:
            failures.append(failure)
            if is_enough(failures):
                break
    bench.stage.reset()
    return failures, tries


def _recurring(first: Failure, again: list[Failure]) -> list[Failure]:
    """Return the repeated failures that have the verdict of the first failure.

    A defect that corrupts memory may crash the process at first and give wrong bytes later. So if
    none has, but another verdict was seen twice, those with that verdict are returned.
    """
    counts = Counter(failure.verdict for failure in again)
    verdict = first.verdict
    if not counts[verdict] and counts:
        ((verdict, count),) = counts.most_common(1)
        if count < 2:
            return []
    return [failure for failure in again if failure.verdict is verdict]
