"""A selection, and the session that judges its cells: results, errors of our own, and stages."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from sharedctypes_conformance.checks.kit.check import Check
from sharedctypes_conformance.contract import Clause, Grade, load_registry
from sharedctypes_conformance.judging.session import Session
from sharedctypes_conformance.selection import Selection, select
from sharedctypes_conformance.stage import machine
from sharedctypes_conformance.stage.findings import ActorDied, MachineFault, NotKept, Unjudged
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.ledger import parse_ledger
from sharedctypes_conformance.verdicts.model import Result, Standing, Verdict

from .running import report_in, tool

STANDARD = "multiprocessing.sharedctypes"
CLAUSE = "seed.child-write-to-value-reaches-parent"
LEDGER = f'[[deviation]]\nclause = "{CLAUSE}"\nreason = "we know"\n'
UNCLAIMED = f'[[unclaimed]]\nclauses = ["{CLAUSE}"]\nreason = "too early"\n'


@pytest.fixture(scope="module")
def selection() -> Selection:
    return select([STANDARD], start_methods=["fork", "spawn"], profile="quick", seed=5)


@pytest.fixture
def session(selection: Selection) -> Iterator[Session]:
    session = Session(selection)
    yield session
    session.close()


def raising(exception: BaseException) -> Check:
    def body(stage: Stage) -> None:
        raise exception

    return Check(CLAUSE, body)


def judged(session: Session, selection: Selection, check: Check) -> Result:
    result = session.judge(selection.cells[0], check)
    assert result is not None
    return result


def test_workers_get_all_of_a_selection_as_plain_data(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.toml"
    ledger.write_text(LEDGER + UNCLAIMED)
    made = select([STANDARD], areas=["lock", "lock"], clauses=[CLAUSE], ledgers=[ledger], seed=3)
    ledger.unlink()
    again = Selection.from_data(json.loads(json.dumps(made.as_data())))
    assert again == made
    assert made.areas == ("lock",)
    assert [one.reason for one in again.ledgers[STANDARD].deviations][-2:] == [
        "we know",
        "too early",
    ]


def test_areas_and_clauses_are_wanted_together(selection: Selection) -> None:
    def wanted(selection: Selection) -> set[str]:
        clauses: list[Clause] = list(load_registry().clauses.values())
        return {clause.id for clause in clauses if selection.wants(clause)}

    lock = {clause.id for clause in load_registry().area("lock").clauses}
    observed = {
        clause.id for clause in load_registry().clauses.values() if clause.grade is Grade.INFO
    }
    assert wanted(replace(selection, profile="default")) == set(load_registry().clauses)
    assert wanted(replace(selection, profile="quick")) == set(load_registry().clauses) - observed
    assert wanted(replace(selection, areas=("lock",))) == lock
    assert wanted(replace(selection, areas=("lock",), clauses=(CLAUSE,))) == {*lock, CLAUSE}
    asked = replace(selection, profile="quick", clauses=tuple(observed))
    assert wanted(asked) == observed


def test_a_result_has_what_was_judged_and_how(session: Session, selection: Selection) -> None:
    result = judged(session, selection, Check(CLAUSE, lambda stage: None))
    assert (result.verdict, result.standing) == (Verdict.PASS, Standing.EXPECTED)
    assert (result.clause, result.grade) == (CLAUSE, load_registry().clause(CLAUSE).grade)
    assert (result.backend, result.start_method) == (STANDARD, "fork")
    assert (result.profile, result.seed, result.examples) == ("quick", 5, 1)


def test_an_exception_of_our_own_is_an_error(session: Session, selection: Selection) -> None:
    result = judged(session, selection, raising(KeyError("ours")))
    assert (result.verdict, result.standing) == (Verdict.ERROR, Standing.UNEXPECTED)
    assert result.message == "KeyError: 'ours'"
    assert result.evidence is not None
    assert "in body" in result.evidence.output


@pytest.mark.parametrize(
    ("raised", "ledger", "verdict", "standing"),
    [
        (NotKept("wrong"), "", Verdict.FAIL, Standing.UNEXPECTED),
        (NotKept("wrong"), LEDGER, Verdict.FAIL, Standing.KNOWN),
        (NotKept("wrong"), UNCLAIMED, Verdict.UNSUPPORTED, Standing.EXPECTED),
        (Unjudged("unseen"), UNCLAIMED, Verdict.INCONCLUSIVE, Standing.EXPECTED),
    ],
)
def test_a_result_says_what_the_ledger_makes_of_it(
    selection: Selection, raised: Exception, ledger: str, verdict: Verdict, standing: Standing
) -> None:
    known = replace(selection, ledgers={STANDARD: parse_ledger(ledger, "a ledger")})
    session = Session(known)
    try:
        result = judged(session, known, raising(raised))
    finally:
        session.close()
    assert (result.verdict, result.standing) == (verdict, standing)
    assert str(raised) in result.message
    assert ("fail: " in result.message) is (verdict is Verdict.UNSUPPORTED)
    assert bool(result.reason) is (raised.args == ("wrong",) and bool(ledger))


def test_checks_of_a_cell_share_a_stage_until_one_is_ended(
    session: Session, selection: Selection
) -> None:
    stages: list[Stage] = []
    check = Check(CLAUSE, lambda stage: stages.append(stage))
    first, second = selection.cells
    for cell in (first, first, second):
        session.judge(cell, check)
    assert stages[0] is stages[1] is not stages[2]
    with pytest.raises(KeyboardInterrupt):
        session.judge(second, raising(KeyboardInterrupt()))
    session.judge(second, check)
    assert stages[3] is not stages[2]


def test_a_clause_of_other_pythons_is_not_judged(session: Session, selection: Selection) -> None:
    cell = selection.cells[0]
    old = replace(cell.probed, interpreter={**cell.probed.interpreter, "python": "3.8.0"})
    found = load_registry().clauses.values()
    [clause, *_] = (one for one in found if not one.applies_to("3.8.0", own_contexts=True))
    assert session.judge(replace(cell, probed=old), Check(clause.id, lambda stage: None)) is None


def test_a_clause_about_contexts_is_not_judged_of_a_backend_without_its_own(
    session: Session, selection: Selection
) -> None:
    check = Check("context.start-method-is-set-once", lambda stage: None)
    assert judged(session, selection, check).verdict is Verdict.PASS
    cell = selection.cells[0]
    borrowed = replace(cell.probed, backend={**cell.probed.backend, "contexts": "multiprocess"})
    assert session.judge(replace(cell, probed=borrowed), check) is None


def test_nothing_is_held_against_a_backend_on_a_machine_that_lacks_something(
    session: Session, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = MachineFault("/dev/shm has 3 MiB free; 64 are needed")
    # The first is asked for before a check, the second after one has crashed.
    for answers in ([lacking], [None, lacking]):
        monkeypatch.setattr(machine, "require", Mock(side_effect=answers))
        result = judged(session, selection, raising(ActorDied("creator", "a call", -7, "")))
        assert (result.verdict, result.standing) == (Verdict.INCONCLUSIVE, Standing.EXPECTED)
        assert "the machine allows nothing to be judged: /dev/shm has 3 MiB" in result.message
    monkeypatch.setattr(machine, "require", lambda: None)
    result = judged(session, selection, raising(ActorDied("creator", "a call", -7, "")))
    assert result.verdict is Verdict.CRASH


def test_what_is_known_to_be_broken_is_looked_for_under_each_start_method() -> None:
    """Each draws the same, or one would report as gone what it did not draw."""
    judged = select([STANDARD], profile="quick")
    known, other = "wrapper.inherited-fields-match-object", "wrapper.value-access-matches-object"
    assert {judged.part_of(known, cell) for cell in judged.cells} == {(0, 1)}
    assert {judged.part_of(other, cell) for cell in judged.cells} == {(0, 3), (1, 3), (2, 3)}


def test_workers_report_evidence_with_numbers_of_any_size(tmp_path: Path) -> None:
    """What travels between workers has 32 bits, and typecode q has 64."""
    clause = ("--clause", "seed.value-of-typecode-equals-type")
    backend = ("--backend", "billiard.sharedctypes", "--profile", "quick")
    done = tool("run", *backend, *clause, "-n", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    results = report_in(tmp_path)["results"]
    assert [one["standing"] for one in results] == ["known"] * 3
