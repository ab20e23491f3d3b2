"""`deviations update`: a ledger that says what reports have found, and nothing else."""

import datetime
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sharedctypes_conformance.verdicts.ledger import Deviation, Ledger, parse_ledger
from sharedctypes_conformance.verdicts.model import (
    Backend,
    Interpreter,
    Report,
    Result,
    Standing,
    Subject,
    Verdict,
)
from sharedctypes_conformance.verdicts.updating import REVIEW_AFTER, update
from suite.running import tool

CLAUSE = "seed.child-write-to-value-reaches-parent"
TODAY = datetime.date(2026, 11, 30)

Cell = tuple[str, str, bool, str, str]

# Implementation, version of Python, GIL, version of the backend, start method.
CELLS: list[Cell] = [
    *product(("cpython",), ("3.8.18", "3.12.1"), (True,), ("1.0", "2.0"), ("fork", "spawn")),
    *product(("cpython",), ("3.13.1",), (True, False), ("1.0", "2.0"), ("fork", "spawn")),
    *product(("pypy",), ("3.12.1",), (True,), ("1.0",), ("fork", "spawn")),
]


def subject(cell: Cell) -> Subject:
    implementation, python, gil, version, _ = cell
    return Subject(
        interpreter=Interpreter(
            executable=f"/{implementation}-{python}-{gil}",
            implementation=implementation,
            version=python,
            python=python,
            free_threaded=not gil,
            optimized=False,
            platform="Linux",
        ),
        backend=Backend(
            module="some.backend",
            file=None,
            version=version,
            names=(),
            contexts="multiprocessing",
            start_methods=("fork", "spawn"),
        ),
    )


def report(cell: Cell, verdict: Verdict, ledger: Ledger) -> Report:
    """Return a report of one cell, as a run with this ledger writes it."""
    its = subject(cell)
    standing = ledger.assess(verdict, CLAUSE, its.interpreter, its.backend, cell[-1], today=TODAY)
    return Report(
        suite_version="1",
        started="2026-11-30",
        seconds=1,
        complete=True,
        profile="quick",
        seed=0,
        subjects=(its,),
        results=(
            Result(
                clause=CLAUSE,
                grade="MUST",
                backend="some.backend",
                interpreter=its.interpreter.executable,
                start_method=cell[-1],
                verdict=verdict,
                standing=standing.standing,
                message="one came, not two",
            ),
        ),
    )


def applies(ledger: Ledger, cell: Cell) -> bool:
    its = subject(cell)
    return any(entry.applies(its.interpreter, its.backend, cell[-1]) for entry in ledger.deviations)


def entries(*conditions: str) -> str:
    head = f'# How it came about.\n[[deviation]]\nclause = "{CLAUSE}"\nreason = "so it is"\n'
    return "\n".join(f"{head}{one}\n" for one in conditions)


def updated(text: str, seen: dict[Cell, Verdict]) -> tuple[str, tuple[str, ...]]:
    ledger = parse_ledger(text, "a ledger")
    reports = [report(cell, verdict, ledger) for cell, verdict in seen.items()]
    result = update(text, "a ledger", reports, "some.backend", TODAY)
    return result.text, result.changes


conditions = st.lists(
    st.sampled_from(
        [
            "",
            'python = ">=3.9"',
            'python = "==3.8.*"',
            'version = "<2"',
            'version = "==2.0"',
            'start_methods = ["spawn"]',
            'implementation = ["cpython"]',
            "gil = false",
        ]
    ),
    max_size=2,
)
outcomes = st.dictionaries(
    st.sampled_from(CELLS), st.sampled_from((Verdict.PASS, Verdict.FAIL)), min_size=1
)


@settings(max_examples=100, deadline=None)
@given(conditions, outcomes)
def test_an_update_says_what_was_seen_and_no_more(
    given_conditions: list[str], seen: dict[Cell, Verdict]
) -> None:
    text = entries(*given_conditions)
    old = parse_ledger(text, "old")
    new_text, _ = updated(text, seen)
    new = parse_ledger(new_text, "new")
    for cell in CELLS:
        if cell in seen:
            assert applies(new, cell) is (seen[cell] is Verdict.FAIL)
        elif not applies(old, cell):
            # Its minor version of Python may stand for several interpreters, but for no other one.
            assert not applies(new, cell)
    assert updated(new_text, seen) == (new_text, ())


def test_what_is_right_stays_as_it_is_and_comments_too() -> None:
    text = entries('start_methods = ["spawn"] # always', "")
    text += '\n[[unclaimed]]\nclauses = ["lock"] # for now\nreason = "no locks"\n'
    seen = dict.fromkeys(CELLS, Verdict.FAIL)
    assert updated(text, seen) == (text, ())
    new, changes = updated(text, {cell: Verdict.PASS for cell in CELLS if cell[-1] == "fork"})
    assert [change.partition(":")[0] for change in changes] == ["a ledger, line 8"]
    assert '["spawn"] # always' in new
    assert '["lock"] # for now' in new


def test_what_is_added_is_to_be_explained_soon() -> None:
    new, changes = updated("", {CELLS[1]: Verdict.CRASH})
    assert changes == (f"{CLAUSE} does not hold (crash): added, with no explanation yet",)
    (entry,) = parse_ledger(new, "new").deviations
    assert dict(entry.model_copy(update={"place": ""})) == dict(
        Deviation(
            clause=CLAUSE,
            verdict=Verdict.CRASH,
            reason="not explained yet: one came, not two",
            implementation=("cpython",),
            python="==3.8.*",
            version="==1.0",
            start_methods=("spawn",),
            review=TODAY + REVIEW_AFTER,
            place="",
        )
    )


def test_an_overdue_entry_turns_the_run_red_and_names_its_line() -> None:
    text = entries('review = 2026-11-30 # or so\nlink = "https://example.org/1"')
    ledger = parse_ledger(text, "some.toml")
    its = subject(CELLS[0])

    def assess(today: datetime.date, verdict: Verdict = Verdict.FAIL) -> tuple[Standing, str]:
        found = ledger.assess(verdict, CLAUSE, its.interpreter, its.backend, "fork", today=today)
        return found.standing, found.reason

    assert assess(TODAY)[0] is Standing.KNOWN
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert assess(tomorrow) == (
        Standing.OVERDUE,
        "some.toml, line 2 was to be reviewed by 2026-11-30: so it is https://example.org/1",
    )
    assert assess(tomorrow, Verdict.PASS) == (
        Standing.GONE,
        "some.toml, line 2 expects fail: so it is",
    )
    assert "some.toml, line 2 expects fail" in assess(TODAY, Verdict.CRASH)[1]
    overdue = report(CELLS[0], Verdict.FAIL, ledger)
    result = overdue.results[0].model_copy(update={"standing": Standing.OVERDUE})
    assert overdue.model_copy(update={"results": (result,)}).exit_status == 1


def test_the_command_writes_a_ledger_that_makes_the_run_green(tmp_path: Path) -> None:
    clause, liar = "raw.takes-zero-size-types", "liars.raw.empty_types_are_refused"
    judge = ("run", "--clause", clause, "--backend", liar, "--start-method", "fork", "-n", "0")
    update = ("deviations", "update", "conformance-report/report.json", "--ledger", "known.toml")
    assert tool(*judge, cwd=tmp_path).returncode == 1
    assert tool(*update, "--check", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "known.toml").exists()
    done = tool(*update, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tool(*judge, "--ledger", "known.toml", cwd=tmp_path).returncode == 0
    again = tool(*update, "--check", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "nothing has to be changed\n")
    other = tool(*update, "--backend", "no", cwd=tmp_path)
    assert (other.returncode, other.stderr) == (
        2,
        f"sharedctypes-conformance: 'no' was not judged; judged were: {liar}\n",
    )
