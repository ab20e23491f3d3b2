"""What a run says on the terminal: short where all is well, a row for each deviation."""

import io

from rich.console import Console

from sharedctypes_conformance.reports.terminal import MOST_ROWS, show
from sharedctypes_conformance.verdicts.model import (
    Backend,
    Interpreter,
    Report,
    Result,
    Standing,
    Subject,
    Verdict,
)

SUBJECT = Subject(
    interpreter=Interpreter(
        executable="/python",
        implementation="cpython",
        version="3.11.7",
        python="3.11.7",
        free_threaded=False,
        optimized=False,
        platform="Linux",
    ),
    backend=Backend(
        module="some.backend",
        file=None,
        version=None,
        names=("Value",),
        contexts="multiprocessing",
        start_methods=("fork", "spawn"),
    ),
)


def result(clause: str, method: str, verdict: Verdict = Verdict.PASS) -> Result:
    return Result(
        clause=clause,
        grade="MUST",
        backend="some.backend",
        interpreter="/python",
        start_method=method,
        verdict=verdict,
        standing=Standing.UNEXPECTED if verdict.is_finding else Standing.EXPECTED,
        message="it differs" if verdict.is_finding else "",
        observed={"key": ["a", 1]} if verdict is Verdict.OBSERVED else None,
    )


def shown(*results: Result) -> list[str]:
    """Return the lines that a report of these results is shown as, spaces folded."""
    report = Report(
        suite_version="0",
        started="now",
        seconds=1.0,
        complete=True,
        profile="quick",
        seed=0,
        subjects=(SUBJECT,),
        results=results,
    )
    console = Console(file=io.StringIO(), width=120)
    show(report, console)
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def many(area: str, number: int) -> list[Result]:
    names = [f"{area}.clause-{place}" for place in range(number)]
    return [result(name, method) for name in names for method in ("fork", "spawn")]


def test_a_few_clauses_have_a_row_each() -> None:
    lines = shown(*many("one", 3))
    assert "one.clause-2 MUST pass pass" in lines


def test_of_many_clauses_those_that_are_kept_share_a_row() -> None:
    broken = [result("two.broken", "fork"), result("two.broken", "spawn", Verdict.FAIL)]
    lines = shown(*many("one", MOST_ROWS), *many("two", 5), *broken)
    assert f"one: {MOST_ROWS} clauses pass pass" in lines
    assert "two: 5 others pass pass" in lines
    assert "two.broken MUST pass fail" in lines
    assert not [line for line in lines if line.startswith("one.clause")]
    assert "fail two.broken some.backend (spawn): it differs" in lines


def test_what_was_recorded_comes_before_what_was_judged() -> None:
    observed = [result("one.seen", method, Verdict.OBSERVED) for method in ("fork", "spawn")]
    lines = shown(*observed, *many("one", 1))
    assert lines.index("one.seen all key: a, 1") < lines.index("one.clause-0 MUST pass pass")


def test_of_much_that_was_recorded_the_beginning_is_shown() -> None:
    observed = [result(f"one.seen-{n}", "fork", Verdict.OBSERVED) for n in range(MOST_ROWS + 1)]
    long = [one.model_copy(update={"observed": {"a": "b " * 99, "c": "d"}}) for one in observed]
    lines = shown(*long)
    (line,) = [line for line in lines if line.startswith("one.seen-0 ")]
    assert line.startswith("one.seen-0 all a: b b b")
    assert line.endswith(" ...")


def test_clauses_that_a_lesser_means_judged_share_a_line() -> None:
    spied = result("one.spied", "fork").model_copy(update={"means": "spies"})
    waited = [
        result(name, method).model_copy(update={"means": "waiting", "instead_of": "spies"})
        for name in ("one.first", "one.second")
        for method in ("fork", "spawn")
    ]
    line = "judged by waiting, instead of spies some.backend: one.first, one.second"
    assert line in shown(spied, *waited)
    assert not [line for line in shown(spied) if "judged by" in line]
