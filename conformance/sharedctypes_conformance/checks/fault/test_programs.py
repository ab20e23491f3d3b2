"""Area `fault`: programs that change their environment, as daemons and servers do.

Each circumstance is a program of its own, since it changes the whole process. Where the interpreter
or its package itself cannot start a child in a circumstance, nothing is judged.
"""

from __future__ import annotations

from ...actors.runtime import processes
from ...actors.scenarios import error_streams
from ...stage.findings import NotKept, OperationRaised, Raised, Unjudged, raised_in
from ...stage.patience import PATIENCE_FOR_A_START
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.observe import attempt, expect
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


@check("fault.works-without-error-descriptor")
def test_works_without_error_descriptor(stage: Stage) -> None:
    # In a process of its own, because much happens at the first construction only.
    with stage.fresh() as other:
        for name in error_streams.NAMES:
            other.creator.call(error_streams.replace, name)
            _make_and_use(other, f"in a program whose sys.stderr {name}")


def _make_and_use(stage: Stage, where: str) -> None:
    creator = stage.creator
    for maker in ("RawArray", "Array"):
        try:
            made = getattr(creator, maker)("i", [1, 2])
        except OperationRaised as raised:
            if maker == "Array" and _lacks_locks(stage):
                return
            raise NotKept(f"{raised} {where}", *raised.causes) from None
        expect(made[:], [1, 2], f"{maker}('i', [1, 2])[:] {where}")


def _lacks_locks(stage: Stage) -> bool:
    """Return whether the contexts are another's, and no lock of them can be created."""
    if stage.target.has_own_contexts:
        return False
    return attempt(lambda: stage.creator.call(processes.new_lock, "RLock")).how == "raised"


@check("fault.closed-descriptors-spare-other-files")
def test_closed_descriptors_spare_other_files(stage: Stage) -> None:
    expect_children_of_programs(stage)
    printed, _ = run_program(stage, "closed_descriptors", takes=("RawArray",))
    if printed:
        raise NotKept(f"a program that closed all descriptors: {'; '.join(printed)}")
