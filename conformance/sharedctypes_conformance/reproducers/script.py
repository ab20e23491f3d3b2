"""A reproducer as text, from a result in a report."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ..contract import load_registry
from ..verdicts.model import Report, Result, Verdict
from . import leaks, outcomes, programs
from .acts import Actor, Acts, one_by_one
from .expressions import Expressions
from .judged import Judged, judged_by_contrast, judged_by_life, judged_by_trace, tells_of_death
from .reading import NoReproducer, Reader, Run, Start, Step
from .rendering import program
from .sources import Sources
from .types import Types

# The options of an interpreter under which checks run something.
_OPTIONS = ("-O", "-OO")

METHODS = ("fork", "spawn", "forkserver")

# How long a reproducer may take, and one that is to show that a call does not return: seconds.
BOUND = 60
BOUND_OF_A_HANG = 20

# Names that the templates use.
_TAKEN = frozenset(
    [
        "MODULE",
        "METHOD",
        "SECONDS",
        "THEN",
        "shared",
        "mp",
        "main",
        "creator",
        "expect",
        "compare",
        "outcome",
        "text_of",
        "done",
        "wait_for",
        "has_happened",
        "announce",
        "ended",
        "run",
        "judge",
        "argv",
        "seen",
    ]
)


@dataclass(frozen=True)
class Story:
    """What a reproducer is about, from a result of a report.

    `refined` is an outcome that should be another one: the place of the operation, the part of its
    outcome, and how that is where the clause is kept. With `traced` all outcomes are compared with
    those in the report.
    """

    result: Result
    contexts: str
    interpreter: str
    refined: tuple[int, tuple[str, str]] | None = None
    traced: bool = False

    @property
    def kind(self) -> str:
        """The verdict, which for what a backend does not claim is in the message."""
        if self.result.verdict is Verdict.UNSUPPORTED:
            return self.result.message.partition(":")[0]
        return self.result.verdict.value


def story_of(report: Report, result: Result) -> Story:
    """Return the story of a result; raises NoReproducer if it names what cannot be."""
    subjects = [
        subject
        for subject in (*report.subjects, *report.controls)
        if subject.backend.module == result.backend
        and subject.interpreter.executable == result.interpreter
    ]
    contexts = subjects[0].backend.contexts if subjects else "multiprocessing"
    title = subjects[0].interpreter.title if subjects else "an interpreter"
    return Story(result, contexts, title)


def script_of(story: Story) -> str:
    """Return the reproducer of a finding; raises NoReproducer with the reason if there is none."""
    evidence = story.result.evidence
    if story.result.start_method not in METHODS:
        raise NoReproducer(f"{story.result.start_method!r} is no start method")
    if evidence is None:
        raise NoReproducer("its result has no evidence")
    if not evidence.steps:
        raise NoReproducer("its evidence does not say what was done, or is too long")
    steps = Reader(story.result.backend, story.contexts).steps(evidence.steps)
    runs = [step.action for step in steps if isinstance(step.action, Run)]
    if runs and runs[-1].program == leaks.PROGRAM:
        return leaks.script_of(story.result.clause, _heading(story), runs[-1], _settings(story))
    if runs:
        return programs.script_of(story.kind, _heading(story), runs[-1], _settings(story))
    return _of_steps(story, _by_creators(one_by_one(steps)))


def traced_steps(story: Story) -> dict[int, Judged]:
    """Return the operations whose outcomes a traced reproducer prints, in this order."""
    evidence = story.result.evidence
    if evidence is None:
        return {}
    steps = Reader(story.result.backend, story.contexts).steps(evidence.steps)
    groups = _by_creators(one_by_one(steps))
    return judged_by_trace([step for group in groups for step in group])


def _by_creators(steps: list[Step]) -> list[list[Step]]:
    """Return the steps of each creator and of all that descend from it.

    Each was an interpreter of its own, as if a program had been run after the other.
    """
    parents = {step.action.number: step.by for step in steps if isinstance(step.action, Start)}
    groups: dict[int, list[Step]] = {}
    for step in steps:
        origin = step.by
        while origin in parents:
            origin = parents[origin]
        groups.setdefault(origin, []).append(step)
    return [*groups.values()]


def _of_steps(story: Story, groups: list[list[Step]]) -> str:
    steps = [step for group in groups for step in group]
    evidence = story.result.evidence
    assert evidence is not None
    judged: dict[int, Judged] = {}
    means = story.kind
    if steps[-1].ended and (means == "hang" or (means == "crash" and tells_of_death(steps[-1]))):
        means = "fail"  # it was seen from outside, by whoever did the last operation
    flags = _flags(steps)
    if means in ("fail", "leak"):
        if evidence.seen and not story.traced:
            judged = judged_by_contrast(steps, evidence.seen, evidence.wanted, evidence.after)
        means = "contrast"
        if not judged and not story.traced:
            judged = judged_by_life(steps)
        if story.refined:
            trace = judged_by_trace(steps)
            place, (part, text) = story.refined
            judged = {place: Judged(trace[place].seen, (text,), part)}
        elif not judged:
            judged = judged_by_trace(steps)
            means = "trace"
        if not judged:
            raise NoReproducer("no outcome of an operation in its evidence shows it")
    sources, types = Sources(set(_TAKEN)), Types()
    result = story.result
    code = Expressions(result.backend, result.start_method, sources, types)
    parts, names = [], []
    begin = 0
    for group in groups:
        own = {place - begin: one for place, one in judged.items() if place >= begin}
        begin += len(group)
        group = group[: max(own, default=-1) + 1] if means in ("contrast", "trace") else group
        is_last = begin >= len(steps)
        if not own and not (is_last and means in ("hang", "crash")):
            continue
        acts = Acts(group, own, code, unending=not steps[-1].ended)
        names.append(acts.creator.name)
        functions = [one for one in acts.in_order if not one.is_thread]
        # Children before those that start them, as they are read.
        parts += [_function(one, acts.in_order) for one in reversed(functions)]
    body = "\n\n\n".join(parts)
    body, texts = types.in_text(body), types.in_text(sources.text)
    literal = all(
        map(
            outcomes.is_literal,
            (text for one in judged.values() for text in (one.seen, *one.wanted)),
        )
    )
    used = f"{body}\n{texts}"
    imports = {*code.imports, *sources.imports}
    if types.imports:
        imports.add(f"from ctypes import {', '.join(sorted(_used_ctypes(types, used)))}")
    return program(
        _heading(story),
        imports,
        "history.py.jinja",
        settings=_settings(story),
        means=means,
        body=body,
        sources=texts,
        types="\n\n\n".join(types.definitions),
        literal=literal,
        count=len(judged),
        used=used,
        uses_processes=bool(re.search(r"\bmp\b", used)),
        uses_contexts=bool(re.search(r"\b(mp|contexts_of|Value|Array|synchronized)\b", used)),
        bound=BOUND_OF_A_HANG if means == "hang" else BOUND,
        message=_lines_of_message(result.message),
        flags=flags,
        creators=names,
    )


def _used_ctypes(types: Types, used: str) -> set[str]:
    text = "\n".join([used, *types.definitions])
    return {name for name in types.imports if re.search(rf"\b{name}\b", text)}


def _function(actor: Actor, actors: Sequence[Actor]) -> str:
    """Return the function of a process, with those of its threads in it."""
    threads = [one for one in actors if one.is_thread and one.process is actor]
    lines = [
        f"def {actor.name}{'' if actor.parent is None else '_does'}({', '.join(actor.takes)}):"
    ]
    for thread in threads:
        assigned = _assigned(thread.lines)
        lines += [f"    {name} = None" for name in assigned]
        lines.append(f"    def {thread.name}_does():")
        if assigned:
            lines.append(f"        nonlocal {', '.join(assigned)}")
        lines += [f"        {line}" for line in thread.lines or ["pass"]]
        lines.append("")
    lines += [f"    {line}" for line in actor.lines or ["pass"]]
    return "\n".join(lines)


def _assigned(lines: Sequence[str]) -> list[str]:
    found = (re.match(r"([a-z]\w*) = ", line) for line in lines)
    return list(dict.fromkeys(match[1] for match in found if match))


def _heading(story: Story) -> str:
    """Return the docstring of a reproducer: what should be, and what happened."""
    result = story.result
    clause = load_registry().clauses.get(result.clause)
    says = clause.says if clause else "a clause that this version does not have"
    lines = [*textwrap.wrap(f"{says} ({result.clause})", 96), ""]
    happened = (
        f"What {result.backend} did on {story.interpreter} ({result.start_method}): "
        f"{_short(result.message)}"
    )
    lines += textwrap.wrap(happened, 96, break_long_words=True)
    return (
        "\n".join(lines)
        .replace("\\", "\\\\")
        .replace('"""', "'''")
        .encode("ascii", "backslashreplace")
        .decode()
    )


def _flags(steps: Sequence[Step]) -> str:
    """Return the options of the interpreter of the creator, as items of a list."""
    name = next((step.name for step in steps if step.name.startswith("creator under ")), "")
    options = name.removeprefix("creator under ").split()
    if any(option not in _OPTIONS for option in options):
        raise NoReproducer(f"it was found under {' '.join(options)!r}")
    return "".join(f"{option!r}, " for option in options)


def _lines_of_message(message: str) -> str:
    """Return what the suite said, as the literal of a text."""
    return ascii("  which is the defect: " + _short(message))


def _short(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= 400 else f"{text[:400]}..."


def _settings(story: Story) -> dict[str, str]:
    result = story.result
    return {"module": result.backend, "method": result.start_method, "contexts": story.contexts}
