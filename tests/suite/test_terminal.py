"""What a run prints: little if all is well, a row for each deviation."""

import io

import pytest
from rich.console import Console

from sharedctypes_conformance.contract import Area, Clause, Grade, Registry, load_registry
from sharedctypes_conformance.reports.pace import PAUSE
from sharedctypes_conformance.reports.terminal import MOST_ROWS, Watch, show
from sharedctypes_conformance.verdicts.matrix import matrices
from sharedctypes_conformance.verdicts.model import (
    Backend,
    Evidence,
    Interpreter,
    Matrix,
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


def shown(*results: Result, matrices: tuple[Matrix, ...] = ()) -> list[str]:
    """Return the lines that a report of these results is shown as, spaces folded."""
    return [" ".join(line.split()) for line in printed(*results, matrices=matrices, width=120)]


def printed(*results: Result, matrices: tuple[Matrix, ...] = (), width: int) -> list[str]:
    """Return the lines that a report of these results is shown as."""
    report = Report(
        suite_version="0",
        started="now",
        seconds=1.0,
        complete=True,
        profile="quick",
        seed=0,
        subjects=(SUBJECT,),
        results=results,
        matrices=matrices,
    )
    console = Console(file=io.StringIO(), width=width)
    show(report, console)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def many(area: str, number: int) -> list[Result]:
    names = [f"{area}.clause-{place}" for place in range(number)]
    return [result(name, method) for name in names for method in ("fork", "spawn")]


def test_a_few_clauses_have_a_row_each() -> None:
    lines = shown(*many("one", 3))
    assert "one.clause-2 MUST pass pass" in lines


def test_of_many_clauses_those_that_pass_share_a_row() -> None:
    broken = [result("two.broken", "fork"), result("two.broken", "spawn", Verdict.FAIL)]
    lines = shown(*many("one", MOST_ROWS), *many("two", 5), *broken)
    assert f"one: {MOST_ROWS} clauses pass pass" in lines
    assert "two: 5 others pass pass" in lines
    assert "two.broken MUST pass fail" in lines
    assert not [line for line in lines if line.startswith("one.clause")]
    start = lines.index("fail two.broken (MUST) some.backend (spawn)")
    assert lines[start + 1] == "happened it differs"
    assert lines[start + 2].startswith("again sharedctypes-conformance run --backend some.backend")


def test_what_was_recorded_comes_before_what_was_judged() -> None:
    observed = [result("one.seen", method, Verdict.OBSERVED) for method in ("fork", "spawn")]
    lines = shown(*observed, *many("one", 1))
    assert lines.index("one.seen all key: a, 1") < lines.index("one.clause-0 MUST pass pass")


def test_long_observations_are_cut_if_there_are_many() -> None:
    observed = [result(f"one.seen-{n}", "fork", Verdict.OBSERVED) for n in range(MOST_ROWS + 1)]
    long = [one.model_copy(update={"observed": {"a": "b " * 99, "c": "d"}}) for one in observed]
    lines = shown(*long)
    (line,) = [line for line in lines if line.startswith("one.seen-0 ")]
    assert line.startswith("one.seen-0 all a: b b b")
    assert line.endswith(" ...")


PLACES = {"one": ("above", "left"), "two": ("above", "right"), "three": ("below", "left")}


def registry_of_places() -> Registry:
    """Return a contract whose area `grid` has clauses in three of the four places of a matrix."""
    made = [
        Clause(
            id=f"grid.{name}",
            grade=Grade.SHOULD,
            says="So it is.",
            section="Here",
            row=row,
            column=column,
        )
        for name, (row, column) in PLACES.items()
    ]
    plain = Clause(id="grid.plain", grade=Grade.SHOULD, says="So it is.", section="Here")
    return Registry((Area(name="grid", title="A grid", story="All.", clause=(*made, plain)),))


def grid(**verdicts: Verdict) -> tuple[list[Result], tuple[Matrix, ...]]:
    """Return the results of the area `grid`, with these verdicts under spawn, and its matrix."""
    results = [
        result(f"grid.{name}", method, verdicts.get(name, Verdict.PASS) if second else Verdict.PASS)
        for second, method in enumerate(("fork", "spawn"))
        for name in (*PLACES, "plain")
    ]
    return results, matrices(results, registry_of_places())


def test_clauses_with_a_row_and_a_column_are_a_matrix() -> None:
    _, (matrix,) = grid(two=Verdict.HANG)
    assert matrix.title == "A grid"
    assert matrix.columns == ("left", "right")
    assert matrix.rows == {
        "above": {"left": "pass", "right": "hang (spawn)"},
        "below": {"left": "pass"},
    }
    assert not matrix.passes


def test_a_verdict_under_all_start_methods_is_shown_once() -> None:
    (first, *_), _ = grid()
    both = [result(first.clause, method, Verdict.FAIL) for method in ("fork", "spawn")]
    (matrix,) = matrices(both, registry_of_places())
    assert matrix.rows == {"above": {"left": "fail"}}


def test_a_known_deviation_is_distinguished_from_another_one() -> None:
    (first, *_), _ = grid()
    known = first.model_copy(update={"verdict": Verdict.FAIL, "standing": Standing.KNOWN})
    gone = first.model_copy(update={"standing": Standing.GONE, "start_method": "spawn"})
    (matrix,) = matrices([known, gone], registry_of_places())
    assert matrix.rows == {"above": {"left": "fail, known (fork); pass, gone (spawn)"}}


def test_a_run_of_one_area_shows_its_matrix() -> None:
    results, made = grid()
    lines = shown(*results, matrices=made)
    assert any(line.startswith("A grid: some.backend") for line in lines)
    assert "grid left right" in lines
    assert "above pass pass" in lines
    assert "below pass" in lines


def test_among_other_areas_a_matrix_is_shown_if_a_clause_does_not_pass() -> None:
    for verdict, seen in ((Verdict.PASS, False), (Verdict.FAIL, True)):
        results, made = grid(three=verdict)
        lines = shown(*results, *many("one", MOST_ROWS), matrices=made)
        assert ("above pass pass" in lines) is seen
        assert ("below fail (spawn)" in lines) is seen
        assert ("grid: 4 clauses pass pass" in lines) is not seen


def test_there_is_no_matrix_of_other_areas_and_of_what_was_recorded() -> None:
    observed = result("grid.one", "fork", Verdict.OBSERVED)
    plain = result("grid.plain", "fork")
    assert matrices([observed, plain], registry_of_places()) == ()


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


def test_what_many_clauses_could_not_be_judged_for_is_said_once() -> None:
    full = {"verdict": Verdict.INCONCLUSIVE, "message": "the disk is full"}
    several = [result(f"area.{n}", "fork").model_copy(update=full) for n in range(5)]
    one = result("area.other", "fork", Verdict.INCONCLUSIVE)
    lines = shown(*several, one.model_copy(update={"message": "unseen"}))
    about = [line for line in lines if line.startswith(("inconclusive", "why"))]
    assert about == [
        "inconclusive 5 clauses some.backend (fork)",
        "why the disk is full",
        "inconclusive area.other (MUST) some.backend (fork)",
        "why unseen",
    ]


def test_clauses_that_fail_for_one_reason_share_a_block() -> None:
    unlocked = {"verdict": Verdict.FAIL, "cause": "setattr(wrapper.value) does not use the lock"}
    long = Evidence(history=("one", "two", "three"))
    short = Evidence(history=("one",))
    several = [
        result(f"area.{name}", "fork", Verdict.FAIL).model_copy(
            update={**unlocked, "evidence": evidence, "grade": grade}
        )
        for name, evidence, grade in (
            ("second", long, "MUST"),
            ("first", long, "MUST"),
            ("shortest", short, "MUST"),
            ("lesser", short, "SHOULD"),
        )
    ]
    crash = several[0].model_copy(update={"verdict": Verdict.CRASH, "clause": "area.crash"})
    known = several[0].model_copy(update={"standing": Standing.KNOWN, "clause": "area.known"})
    lines = shown(*several, crash, known)
    about = [
        line for line in lines if line.startswith(("fail", "crash", "also")) and ":" not in line
    ]
    assert about == [
        "fail, known area.known (MUST) some.backend (fork)",
        "fail area.shortest (MUST) some.backend (fork)",
        "crash area.crash (MUST) some.backend (fork)",
    ]
    assert "also 3 clauses for the same reason: area.first, area.lesser, area.second" in lines


CLAUSE = "wrapper.value-access-matches-object"


def test_a_finding_is_a_block_that_fits_into_80_columns() -> None:
    said = "the value " + "x" * 100 + " and " + "so on " * 30
    found = result(CLAUSE, "fork", Verdict.FAIL).model_copy(update={"message": said})
    known = found.model_copy(update={"standing": Standing.KNOWN, "reason": "it is known " * 12})
    lines = printed(found, known, width=80)
    lines = lines[next(n for n, line in enumerate(lines) if line.startswith("fail, known")) :]
    command = "  again     sharedctypes-conformance run --backend some.backend --python /python"
    (again,) = [line for line in lines if line.startswith("  again")]
    # It is copied, so it is one line however long it is.
    assert again.startswith(command)
    assert again.endswith(f"--start-method fork --clause {CLAUSE}")
    assert [line for line in lines if len(line) > 80 and line != again] == []
    labels = [line[2:12].strip() for line in lines if line.startswith("  ") and line[2] != " "]
    assert labels == ["known", "promised", "happened", "again"]
    joined = "".join("".join(lines).split())
    assert "".join(said.split()) in joined


@pytest.mark.parametrize("methods", [("fork",), ("fork", "spawn")])
def test_the_exclusion_matrix_fits_into_80_columns(methods: tuple[str, ...]) -> None:
    clauses = [one.id for one in load_registry().area("exclusion").clauses]
    results = [
        result(clause, method, Verdict.FAIL if method == "fork" else Verdict.PASS)
        for clause in clauses
        for method in methods
    ]
    lines = printed(*results, matrices=matrices(results, load_registry()), width=80)
    first, second = (n for n, line in enumerate(lines) if line.startswith("The exclusion matrix"))
    assert "held before" in lines[second]
    end = next(n for n, line in enumerate(lines) if line.startswith("fail  "))
    table = lines[first:second], lines[second:end]
    assert [sum(line.count("fail") for line in part) for part in table] == [28, 12]
    assert all(len(line) <= 80 for part in table for line in part)
    assert sum(line.startswith(" child against parent") for line in lines) == 2
    assert sum(line.startswith(" parent against child") for line in lines) == 1


def test_a_run_that_is_piped_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    console = Console(file=io.StringIO(), width=80)
    with Watch(console) as watch:
        watch.total(4)
        watch.result(result("one.first", "fork"))
        now += 2 * PAUSE
        watch.result(result("one.second", "fork", Verdict.FAIL))
        watch.result(result("one.third", "fork"))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == [
        "fail  one.second  some.backend (fork)",
        "2 of at most 4 cells judged: 1 fail",
    ]
