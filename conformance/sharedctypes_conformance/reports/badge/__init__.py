"""Badges: how many of the MUST clauses a backend keeps, in a picture for a README.

A badge must not say more than was judged. A clause is kept if it holds in every cell of the
backend; one that could not be judged is not, nor one whose failure is known; and what was not run
is said.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from packaging.version import InvalidVersion

from ...contract import Clause, Grade, load_registry
from ...verdicts.model import Report, Result, Standing, Subject, Verdict
from ...verdicts.texts import printable

LABEL = "sharedctypes contract"

# White text on each of them is readable.
_GREEN, _BROWN, _RED, _GREY = "#17652f", "#7a4d00", "#b3121d", "#565d68"

# A character of the font is about so many pixels wide; the text is fitted to what comes of it.
_CHARACTER, _PADDING = 6.7, 12

# What a badge is named after, if that is a name: it comes from a report.
_NAME = re.compile(r"\w[\w.-]{0,99}", re.ASCII)


@dataclass(frozen=True)
class Badge:
    """The badge of one backend: the name of its files, its texts, and its color."""

    name: str
    message: str
    color: str
    title: str

    @property
    def svg(self) -> str:
        """The badge as a picture."""
        environment = Environment(autoescape=True, undefined=StrictUndefined)
        template = (files(__package__) / "badge.svg.jinja").read_text("utf-8")
        left, right = (round(len(text) * _CHARACTER + _PADDING) for text in (LABEL, self.message))
        return environment.from_string(template).render(
            label=LABEL, badge=self, left=left, right=right, padding=_PADDING
        )

    @property
    def endpoint(self) -> str:
        """The badge as the JSON that shields.io asks an endpoint for."""
        said = {"schemaVersion": 1, "label": LABEL, "message": self.message, "color": self.color}
        return json.dumps(said, indent=1) + "\n"


def badges_of(report: Report) -> list[Badge]:
    """Return a badge for each backend of a report."""
    results: dict[str, list[Result]] = defaultdict(list)
    for result in report.judged:
        results[result.backend].append(result)
    badges: list[Badge] = []
    for number, backend in enumerate(dict.fromkeys(one.backend.module for one in report.subjects)):
        name = backend if _NAME.fullmatch(backend) else f"backend-{number + 1}"
        subjects = [one for one in report.subjects if one.backend.module == backend]
        badges.append(_badge(name, report, subjects, results[backend]))
    return badges


def _badge(
    name: str, report: Report, subjects: Sequence[Subject], results: Sequence[Result]
) -> Badge:
    must = Grade.MUST.value
    clauses: dict[str, list[Result]] = {clause.id: [] for clause in _asked(subjects)}
    for result in results:
        if result.grade == must:
            clauses.setdefault(result.clause, []).append(result)
    kinds = [_kind(cells) for cells in clauses.values()]
    judged = len(kinds) - kinds.count("not run") - kinds.count("not claimed")
    kept = kinds.count("kept")
    parts = [f"{kept} of {judged} MUST kept"]
    others = Counter(kinds)
    parts += [
        f"{others[kind]} {kind}"
        for kind in ("known", "not judged", "not claimed", "not run")
        if others[kind]
    ]
    if not report.complete:
        parts.append("incomplete")
    if "broken" in kinds:
        color = _RED
    elif len(parts) > 1 + ("not claimed" in kinds) + ("known" in kinds) or not judged:
        color = _GREY
    else:
        color = _BROWN if "known" in kinds else _GREEN
    where = ", ".join(f"{one.backend.title} on {one.interpreter.title}" for one in subjects)
    title = printable(f"{where}, profile {report.profile}, {report.started}")
    return Badge(name, ", ".join(parts), color, title)


def _asked(subjects: Sequence[Subject]) -> Iterator[Clause]:
    """Yield the MUST clauses that one of the subjects has to satisfy."""
    for clause in load_registry().clauses.values():
        if clause.grade is Grade.MUST and any(_applies(clause, one) for one in subjects):
            yield clause


def _applies(clause: Clause, subject: Subject) -> bool:
    try:
        return clause.applies_to(subject.interpreter.python, subject.backend.has_own_contexts)
    except InvalidVersion:
        return True


def _kind(cells: Sequence[Result]) -> str:
    """Return what is to be said of a clause: the worst of its cells."""
    if not cells:
        return "not run"
    findings = [one for one in cells if one.verdict.is_finding]
    if findings:
        known = all(one.standing is Standing.KNOWN for one in findings)
        return "known" if known else "broken"
    verdicts = {one.verdict for one in cells}
    if verdicts & {Verdict.INCONCLUSIVE, Verdict.ERROR}:
        return "not judged"
    return "not claimed" if Verdict.UNSUPPORTED in verdicts else "kept"
