"""Conditions of a ledger's entry that hold where something was seen, and nowhere else.

`narrowest` finds the conditions for what is not in a ledger yet, `without` takes from an entry's
conditions the cells in which its clause holds. Neither ever holds in a cell that nobody has judged
to break the clause, except in those that the entry had before.

Versions of an interpreter are told apart by their minor version only, so that a ledger need not be
changed at each of its releases; versions of a backend exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from .ledger import START_METHODS, Deviation
from .model import Result, Subject

# Builds without a GIL exist from this version on.
FREE_THREADED_SINCE = (3, 13)


@dataclass(frozen=True)
class Seen:
    """A result, and what was judged."""

    result: Result
    subject: Subject

    @property
    def method(self) -> str:
        """The start method."""
        return self.result.start_method

    @property
    def implementation(self) -> str:
        """The interpreter's."""
        return self.subject.interpreter.implementation

    @property
    def minor(self) -> tuple[int, int]:
        """The interpreter's version of Python, without its patch level."""
        major, minor, *_ = self.subject.interpreter.python.split(".")
        return int(major), int(minor)

    @property
    def gil(self) -> bool:
        """Whether the interpreter was built with a GIL."""
        return not self.subject.interpreter.free_threaded

    @property
    def version(self) -> str:
        """The backend's version, "" if it has none."""
        return self.subject.backend.version or ""

    def is_in(self, entry: Deviation) -> bool:
        """Return whether an entry is about this."""
        return entry.clause == self.result.clause and entry.applies(
            self.subject.interpreter, self.subject.backend, self.method
        )


@dataclass(frozen=True)
class Conditions:
    """The conditions of an entry; empty ones do not restrict it."""

    implementation: tuple[str, ...] = ()
    python: str = ""
    version: str = ""
    gil: bool | None = None
    start_methods: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Deviation) -> Conditions:
        """Return those of an entry."""
        return cls(
            entry.implementation, entry.python, entry.version, entry.gil, entry.start_methods
        )


def narrowest(failing: Collection[Seen]) -> list[Conditions]:
    """Return the conditions that hold where a clause failed, one for each kind of interpreter."""

    def build(seen: Seen) -> tuple[str, bool, str]:
        return seen.implementation, seen.gil, seen.version

    found = []
    for (implementation, gil, version), alike in groupby(sorted(failing, key=build), key=build):
        minors: dict[str, set[tuple[int, int]]] = {}
        for seen in alike:
            minors.setdefault(seen.method, set()).add(seen.minor)
        for versions in sorted(set(map(frozenset, minors.values())), key=sorted):
            methods = [one for one in START_METHODS if minors.get(one, set()) == versions]
            found.append(
                Conditions(
                    (implementation,),
                    _range(versions),
                    f"=={version}" if version else "",
                    gil if max(versions) >= FREE_THREADED_SINCE else None,
                    _unless_all(methods),
                )
            )
    return found


def without(
    entry: Deviation, failing: Collection[Seen], holding: Collection[Seen]
) -> list[Conditions]:
    """Return an entry's conditions without the cells where its clause holds, [] if none are left.

    `failing` and `holding` are those of the entry's cells that were judged. If one condition tells
    them apart, it is added; if none does, what is left is where the clause was seen to fail. Where
    it was not seen to fail, the versions in which it holds are left out.
    """
    old = Conditions.of(entry)
    if not holding:
        return [old]
    if not failing:
        new = _other_versions(old, failing, holding) or _other_pythons(old, failing, holding)
        return [new] if new and _can_hold(new) else []
    ways = (_other_methods, _other_versions, _other_pythons, _other_implementations, _other_builds)
    new = next(filter(None, (way(old, failing, holding) for way in ways)), None)
    return [new] if new else narrowest(failing)


def _other_methods(
    old: Conditions, failing: Collection[Seen], holding: Collection[Seen]
) -> Conditions | None:
    fixed = {seen.method for seen in holding}
    if fixed & {seen.method for seen in failing}:
        return None
    left = [one for one in old.start_methods or START_METHODS if one not in fixed]
    return replace(old, start_methods=_unless_all(left))


def _other_versions(
    old: Conditions, failing: Collection[Seen], holding: Collection[Seen]
) -> Conditions | None:
    if not all(seen.version for seen in holding):
        return None
    left_out = _left_out(
        {Version(seen.version) for seen in holding},
        {Version(seen.version) for seen in failing if seen.version},
        "!={}",
    )
    return replace(old, version=_both(old.version, left_out)) if left_out else None


def _other_pythons(
    old: Conditions, failing: Collection[Seen], holding: Collection[Seen]
) -> Conditions | None:
    left_out = _left_out(
        {Version(_text(seen.minor)) for seen in holding},
        {Version(_text(seen.minor)) for seen in failing},
        "!={}.*",
    )
    return replace(old, python=_both(old.python, left_out)) if left_out else None


def _other_implementations(
    old: Conditions, failing: Collection[Seen], holding: Collection[Seen]
) -> Conditions | None:
    broken = {seen.implementation for seen in failing}
    if broken & {seen.implementation for seen in holding}:
        return None
    return replace(old, implementation=tuple(sorted(broken)))


def _other_builds(
    old: Conditions, failing: Collection[Seen], holding: Collection[Seen]
) -> Conditions | None:
    broken = {seen.gil for seen in failing}
    if broken & {seen.gil for seen in holding}:
        return None
    return replace(old, gil=broken.pop())


def _left_out(fixed: set[Version], broken: set[Version], other: str) -> str:
    """Return what leaves versions out: those since the first, if it was broken only before."""
    if fixed & broken:
        return ""
    if broken and max(broken) < min(fixed):
        return f"<{min(fixed)}"
    return ",".join(other.format(version) for version in sorted(fixed))


def _both(old: str, new: str) -> str:
    return ",".join(filter(None, (old, new)))


def _range(minors: Collection[tuple[int, int]]) -> str:
    """Return a specifier for the minor versions from the first to the last that are given."""
    first, last = min(minors), max(minors)
    if first == last:
        return f"=={_text(first)}.*"
    between = ((first[0], minor) for minor in range(first[1], last[1]))
    gaps = [f"!={_text(minor)}.*" for minor in between if minor not in minors]
    return ",".join((f">={_text(first)}", f"<{last[0]}.{last[1] + 1}", *gaps))


def _text(minor: tuple[int, int]) -> str:
    return f"{minor[0]}.{minor[1]}"


def _unless_all(methods: Sequence[str]) -> tuple[str, ...]:
    return () if len(methods) == len(START_METHODS) else tuple(methods)


def _can_hold(conditions: Conditions) -> bool:
    """Return whether there may be a version for which they hold; only exact ones are looked at."""
    for text in (conditions.python, conditions.version):
        versions = SpecifierSet(text)
        exact = [one.version.removesuffix(".*") for one in versions if one.operator == "=="]
        if not all(versions.contains(version, prereleases=True) for version in exact):
            return False
    return True
