"""Running a reproducer before it is offered, on the backend and on one that keeps all clauses.

Where the evidence does not say what should be, the latter shows it: what differs is compared.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from ..backends import OLDEST_FOR_REFERENCE, REFERENCE, import_paths_of
from ..interpreters import all_interpreters
from ..stage import launch
from ..stage.probing import find_python
from ..stage.scratch import ScratchFolder
from ..stage.target import Target
from . import outcomes
from .reading import NoReproducer
from .script import Story, script_of, traced_steps

# Reproducers have a bound of their own, which is shorter.
_SECONDS = 150


class Outcome(StrEnum):
    """What a reproducer has shown."""

    REPRODUCES = "reproduces"
    NOT = "does not reproduce here"
    UNDECIDED = "could not decide"


@dataclass(frozen=True)
class Tried:
    """A reproducer, what it has shown, and what it printed; `control` is what it did elsewhere."""

    script: str
    outcome: Outcome
    printed: str
    interpreter: str
    control: Outcome | None = None


def tried(story: Story, python: str = "") -> Tried:
    """Return the reproducer of a finding, and what it shows; raises NoReproducer if none can be.

    It is run by `python`, a path or a name on PATH (raises BadSelection if there is none); else by
    the interpreter of the report, if that is installed here, else by this one.
    """
    python = find_python(python) if python else _interpreter(story)
    first = _try(script_of(story), story, python)
    if first.outcome is Outcome.REPRODUCES and first.control is Outcome.NOT:
        return first
    refined = _refined(story, python)
    second = first if refined is None else _try(script_of(refined), story, python)
    best = second if second.outcome is Outcome.REPRODUCES else first
    if best.outcome is best.control is Outcome.REPRODUCES:
        # What shows it of a backend that keeps the clause shows something else.
        return replace(best, outcome=Outcome.UNDECIDED)
    return best


# A race is not lost each time.
_TRIES = 3


def _try(script: str, story: Story, python: str) -> Tried:
    outcome, printed, tries = Outcome.NOT, "", 0
    while outcome is Outcome.NOT and tries < _TRIES:
        outcome, printed = _run(script, story, python, story.result.backend)
        tries += 1
    control = None
    if story.result.backend != REFERENCE:
        # As often, or what is lost by chance would be found in one alone.
        for _ in range(tries):
            control, _ = _control(script, story, python)
            if control is not Outcome.NOT:
                break
    return Tried(script, outcome, printed, python, control)


def _refined(story: Story, python: str) -> Story | None:
    """Return the story with the outcome that should be another one, None if that is unclear.

    It is the last of which the backend shows something else than the reference does twice.
    """
    traced = replace(story, traced=True)
    try:
        places = sorted(traced_steps(traced))
        script = script_of(traced)
    except NoReproducer:
        return None
    _, ours = _run(script, traced, python, story.result.backend)
    _, should = _control(script, traced, python)
    _, again = _control(script, traced, python)
    refined = None
    for place, *texts in zip(places, *map(_seen, (ours, should, again)), strict=False):
        difference = outcomes.difference(*texts)
        if difference:
            refined = place, difference
    return replace(story, refined=refined) if refined else None


def _seen(printed: str) -> list[str]:
    """Return the outcomes that a traced reproducer has printed."""
    begin = "  seen: "
    return [line[len(begin) :] for line in printed.splitlines() if line.startswith(begin)]


def _control(script: str, story: Story, python: str) -> tuple[Outcome, str]:
    """Run a reproducer on the reference: in the same interpreter if it works there, else in this.

    What a version of Python does not have yet is no defect.
    """
    return _run(script, story, python if _has_reference(python) else sys.executable, REFERENCE)


@cache
def _has_reference(python: str) -> bool:
    """Return whether the reference works in an interpreter."""
    target = Target(python, REFERENCE, "", frozenset(), extra=import_paths_of(REFERENCE))
    scratch = ScratchFolder(target)
    needs = f"import sys; assert sys.version_info >= {OLDEST_FOR_REFERENCE}; import {REFERENCE}"
    try:
        ended = launch.run([python, "-c", needs], scratch, _SECONDS)
    finally:
        scratch.remove()
    return ended is not None and ended[0] == 0


def _run(script: str, story: Story, python: str, module: str) -> tuple[Outcome, str]:
    method = story.result.start_method
    extra = import_paths_of(REFERENCE)
    target = Target(python, story.result.backend, method, frozenset(), extra=extra)
    scratch = ScratchFolder(target)
    try:
        path = scratch.path / "reproducer.py"
        path.write_text(script, "utf-8")
        ended = launch.run([python, str(path), method, module], scratch, _SECONDS)
    finally:
        scratch.remove()
    if ended is None:
        return Outcome.UNDECIDED, ""
    code, printed, stderr = ended
    said = printed + (f"\n{stderr}" if stderr.strip() else "")
    return {0: Outcome.NOT, 1: Outcome.REPRODUCES}.get(code, Outcome.UNDECIDED), said


def _interpreter(story: Story) -> str:
    """Return the interpreter that a report names, if it is one; a report may name anything."""
    named = story.result.interpreter
    return named if named in (sys.executable, *all_interpreters()) else sys.executable
