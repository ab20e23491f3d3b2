"""An example of a check, and how it is run on a stage.

An example is what hypothesis drew for the arguments of a check's body. It is run between the
stage's `begin_example` and `end_example`. After a finding the stage is tidied, so that the next
example is not affected: if an actor has died, hung or is still busy, all processes are killed;
otherwise only the objects of the example are dropped, which costs less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..stage.findings import ActorDied, ActorHung, Finding, GaveUp, LeftBehind, Moment
from ..stage.history import Step
from ..stage.moments import moments_of
from ..stage.stage import Stage
from ..strategies.steps import Steps
from ..verdicts.model import Verdict


@dataclass(frozen=True)
class Example:
    """What was drawn for a check, by name."""

    drawn: dict[str, Any]

    @property
    def text(self) -> str:
        """The example as reports show it; examples with the same text are the same."""
        return ", ".join(f"{name}={value!r}" for name, value in self.drawn.items())

    @property
    def steps_name(self) -> str:
        """The name under which the example has steps, "" if it has none."""
        return next((name for name, value in self.drawn.items() if isinstance(value, Steps)), "")


@dataclass(frozen=True)
class Failure:
    """An example that failed, with the finding and the history up to it."""

    example: Example
    finding: Finding
    history: tuple[str, ...]
    moments: tuple[Moment, ...]
    steps: tuple[Step, ...] = ()

    @property
    def is_costly(self) -> bool:
        """Whether each repetition takes a restart of the processes, or as long as is waited."""
        return isinstance(self.finding, ActorDied | ActorHung | LeftBehind)

    @property
    def verdict(self) -> Verdict:
        """The verdict that the finding amounts to."""
        return verdict_of(self.finding)

    @property
    def output(self) -> str:
        """What a process printed before it died, or the stacks of those that hung."""
        match self.finding:
            case ActorDied(output=output):
                return output
            case ActorHung(stacks=stacks):
                return stacks
        return ""


def verdict_of(finding: Finding) -> Verdict:
    """Return the verdict that a finding amounts to."""
    match finding:
        case ActorDied():
            return Verdict.CRASH
        case ActorHung():
            return Verdict.HANG
        case LeftBehind():
            return Verdict.LEAK
    return Verdict.FAIL


@dataclass(frozen=True)
class Bench:
    """Runs the examples of one check's body on one stage."""

    stage: Stage
    body: Callable[..., Any]

    def run(self, example: Example) -> Counter[str]:
        """Run an example; return what it covered. Raises what the body and the stage raise."""
        self.stage.begin_example()
        covered: Counter[str] | None = self.body(self.stage, **example.drawn)
        self.stage.end_example()
        return covered or Counter()

    def was_creator_alone(self) -> bool:
        """Return whether in the last example nobody but the creator did anything."""
        creator = self.stage.creator.name
        return all(operation.actor == creator for operation in self.stage.history.operations)

    def failure(self, example: Example) -> Failure | None:
        """Run an example; return its failure, None if it passed. The stage is left as it is."""
        try:
            self.run(example)
        except Finding as finding:
            return self.failed(example, finding)
        return None

    def failed(self, example: Example, finding: Finding) -> Failure:
        """Return the failure of the example that has just been run."""
        history = self.stage.history
        moments = moments_of(history.operations, finding)
        return Failure(example, finding, tuple(history.lines()), moments, tuple(history.steps))

    def tidy(self, finding: Finding) -> None:
        """Clean the stage up for the next example, after one that ended with this finding."""
        if isinstance(finding, ActorDied | ActorHung) or self.stage.is_busy():
            self.stage.reset()
            return
        try:
            self.stage.drop_taken()
            self.stage.end_example()
        except (Finding, GaveUp):
            self.stage.reset()
