"""Area `fault`: programs that change their environment, as daemons and servers do.

Each circumstance is a program of its own, since it changes the whole process. Where the interpreter
or its package itself cannot start a child in a circumstance, nothing is judged.
"""

from __future__ import annotations

from ...stage.findings import NotKept, Raised, Unjudged, raised_in
from ...stage.patience import PATIENCE_FOR_A_START
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.programs import expect_children_of_programs, run_program

# What a program does: the names of its variants.
CIRCUMSTANCES = (
    "closes its standard input",
    "works elsewhere",
    "has many files open",
    "ignores SIGCHLD",
    "handles an interrupt of its group",
)


@check("fault.works-in-unusual-environments")
def test_works_in_unusual_environments(stage: Stage) -> None:
    expect_children_of_programs(stage)
    problems, unjudged = [], []
    raised: list[Raised] = []
    for does in CIRCUMSTANCES:
        who = f"a program that {does}"
        printed, stderr = run_program(
            stage,
            "unusual_circumstances",
            does,
            takes=("RawArray", "Array"),
            # It starts up to three children, each of which may hang until it is terminated.
            patience=3 * PATIENCE_FOR_A_START,
            who=who,
        )
        cannot = [line for line in printed if line.startswith("cannot: ")]
        if cannot:
            unjudged.append(f"{who} {cannot[0]}")
        elif printed:
            problems.append(f"{who}: {'; '.join(printed + stderr)}")
            raised += map(raised_in, stderr)
    if problems:
        raise NotKept("; ".join(problems), *raised)
    if unjudged:
        raise Unjudged("; ".join(unjudged))
