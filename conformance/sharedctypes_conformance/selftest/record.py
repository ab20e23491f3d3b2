"""The record of a selftest: what was judged, what that says of the suite, and the page of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from ..gallery import Liar
from ..verdicts.model import Verdict
from .trials import Outcome

# The least share of the liars that each profile has to catch by all the clauses that must.
LEAST = {"quick": 0.95, "default": 1.0, "thorough": 1.0}


class Machine(BaseModel):
    """A correct backend: under each of its start methods the clauses that it breaks, as it says.

    `unjudged` are those that cannot be judged, as it has not what they are about.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    breaks: dict[str, frozenset[str]]
    unjudged: frozenset[str] = frozenset()


class Detection(NamedTuple):
    """How a profile fared: numbers of liars that it judged, and seconds of one worker.

    `lacking` are those that cannot be judged here, `caught` those that every clause caught that
    must, with its verdict, and `survivors` the others.
    """

    profile: str
    liars: int
    lacking: int
    caught: int
    survivors: tuple[str, ...]
    median: float
    seconds: float

    @property
    def suffices(self) -> bool:
        """Whether the profile catches as many as it must."""
        return self.caught >= LEAST[self.profile] * (self.liars - self.lacking)


class Accusations(NamedTuple):
    """How a correct backend fared: verdicts, and those that it did not deserve."""

    backend: str
    methods: tuple[str, ...]
    verdicts: int
    unjudged: int
    undeserved: tuple[Outcome, ...]


class Selftest(BaseModel):
    """What a selftest judged; `seconds` is how long it took with so many `workers`."""

    model_config = ConfigDict(frozen=True)

    suite_version: str
    interpreter: str
    cores: int
    workers: int
    started: str
    seconds: float
    liars: tuple[Liar, ...]
    machines: tuple[Machine, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def passes(self) -> bool:
        """Whether the liars are caught, and no correct backend is accused."""
        return all(one.suffices for one in self.detections) and not any(
            one.undeserved for one in self.accusations
        )

    @property
    def detections(self) -> Iterator[Detection]:
        """For each profile, what it caught."""
        liars = {liar.name: liar for liar in self.liars}
        for profile in LEAST:
            verdicts: dict[str, list[Outcome]] = {}
            for one in self.outcomes:
                if one.profile == profile and one.backend in liars:
                    verdicts.setdefault(one.backend, []).append(one)
            if verdicts:
                yield _detection(profile, liars, verdicts)

    @property
    def inapplicable(self) -> list[str]:
        """The liars about which no clause says anything for this version of Python."""
        judged = {one.backend for one in self.outcomes}
        return [liar.name for liar in self.liars if liar.name not in judged]

    @property
    def accusations(self) -> Iterator[Accusations]:
        """For each correct backend, what it was accused of."""
        for machine in self.machines:
            found = [one for one in self.outcomes if one.backend == machine.name]
            if found:
                yield Accusations(
                    machine.name,
                    tuple(dict.fromkeys(one.start_method for one in found)),
                    len(found),
                    sum(one.verdict is Verdict.INCONCLUSIVE for one in found),
                    tuple(one for one in found if _is_undeserved(one, machine)),
                )


def _detection(
    profile: str, liars: dict[str, Liar], verdicts: dict[str, list[Outcome]]
) -> Detection:
    lacking = [name for name, found in verdicts.items() if _is_lacking(liars[name], found)]
    caught, first = [], []
    for name, found in verdicts.items():
        expected = liars[name].caught_by
        right = [one for one in found if one.verdict == expected[one.clause]]
        if len(right) == len(found):
            caught.append(name)
        if right and name not in lacking:
            first.append(min(one.seconds for one in right))
    return Detection(
        profile,
        len(verdicts),
        len(lacking),
        len(caught),
        tuple(sorted(verdicts.keys() - {*caught, *lacking})),
        median(first) if first else 0.0,
        sum(one.seconds for found in verdicts.values() for one in found),
    )


def is_caught(liar: Liar, outcomes: Iterable[Outcome], profile: str) -> bool:
    """Return whether a profile needs no other: it caught a liar, or that cannot be judged here."""
    found = [one for one in outcomes if one.backend == liar.name and one.profile == profile]
    right = all(one.verdict == liar.caught_by[one.clause] for one in found)
    return bool(found) and (right or _is_lacking(liar, found))


def _is_lacking(liar: Liar, found: Iterable[Outcome]) -> bool:
    """Whether a liar cannot be judged, for lack of what it says that it needs."""
    return bool(liar.unjudged_without) and all(one.verdict is Verdict.INCONCLUSIVE for one in found)


def _is_undeserved(one: Outcome, machine: Machine) -> bool:
    if one.verdict is Verdict.ERROR:
        return True
    if one.verdict is Verdict.INCONCLUSIVE:
        return one.clause not in machine.unjudged | machine.breaks[one.start_method]
    return one.verdict.is_finding and one.clause not in machine.breaks[one.start_method]
