"""The programs of the folder `checks/programs`, run against a backend."""

from __future__ import annotations

from collections.abc import Sequence

from ...stage import patience as bounds
from ...stage.findings import ActorHung, Finding, GaveUp, Unjudged
from ...stage.patience import PATIENCE_FOR_A_START
from ...stage.program import (
    PROGRAMS,
    SHARED,
    exceptions_in,
    refusal_of_a_child,
    run_program_and_listen,
)
from ...stage.stage import Stage
from ...stage.target import Target


def run_program(
    stage: Stage,
    program: str,
    *variant: str,
    takes: Sequence[str],
    wanted: Sequence[str] = (),
    patience: float = PATIENCE_FOR_A_START,
    who: str = "the program",
) -> tuple[list[str], list[str]]:
    """Run a program that takes names from the backend; return the lines that it printed.

    The other lines are the exceptions in it and its children. `variant` are its arguments
    besides those that each has; `wanted` are the lines that it should print, which the caller
    compares. Raises NotKept where the backend lacks a name, and what
    `run_program_and_listen` does.
    """
    target = stage.target
    for name in takes:
        stage.require(name)
    arguments = _arguments(target, *variant)
    path = PROGRAMS / f"{program}.py"
    seconds = stage.hangs.bound(patience, bounds.LITTLE_FOR_A_PROGRAM)
    try:
        printed, stderr = run_program_and_listen(
            target, path, arguments, [SHARED], seconds, who, stage.history, wanted
        )
    except ActorHung as hang:
        raise stage.hangs.outcome_of(hang) from None
    return printed.splitlines(), exceptions_in(stderr)


def expect_children_of_programs(stage: Stage) -> None:
    """Raise Unjudged where a child of a program hangs or dies, whatever is shared.

    Where it cannot be started the backend lacks `main-functions`. Where one has run, it is not
    tried again.
    """
    # What was tried before the run needs not be tried by each of its workers.
    if stage.target.capabilities.get("main-functions") == (False, ""):
        return
    seconds = stage.hangs.bound(PATIENCE_FOR_A_START, bounds.LITTLE_FOR_A_PROGRAM)
    outcome: Finding | GaveUp
    try:
        refusal_of_a_child(stage.target, seconds)
        return
    except ActorHung as hang:
        outcome = stage.hangs.outcome_of(hang)
    except Finding as finding:
        outcome = finding
    if isinstance(outcome, GaveUp):
        raise outcome
    raise Unjudged(f"a child of a program does not run, whatever is shared: {outcome}")


def _arguments(target: Target, *variant: str) -> list[str]:
    return [target.backend, target.contexts, target.method, *variant]
