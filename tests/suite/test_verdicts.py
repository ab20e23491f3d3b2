"""Ledgers and reports: expected verdicts, deviations that are gone, and the exit status."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from sharedctypes_conformance import verdicts
from sharedctypes_conformance.verdicts.ledger import (
    Ledger,
    LedgerError,
    parse_ledger,
    read_ledger,
    shipped_ledger,
)
from sharedctypes_conformance.verdicts.model import (
    Backend,
    Interpreter,
    Report,
    ReportError,
    Result,
    Standing,
    Verdict,
)
from sharedctypes_conformance.verdicts.reading import LARGEST, read_report

ROOT = Path(__file__).parents[2]
CLAUSE = "seed.child-write-to-value-reaches-parent"
BACKEND = Backend(
    module="some.backend",
    file=None,
    version="1.2.3",
    names=("Value",),
    contexts="multiprocessing",
    start_methods=("fork", "spawn"),
)


def interpreter(python: str = "3.11.7", implementation: str = "cpython") -> Interpreter:
    return Interpreter(
        executable="/python",
        implementation=implementation,
        version=python,
        python=python,
        free_threaded=False,
        optimized=False,
        platform="Linux",
    )


def ledger(*conditions: str) -> Ledger:
    lines = ["[[deviation]]", f'clause = "{CLAUSE}"', 'reason = "so it is"', *conditions]
    return parse_ledger("\n".join(lines), "a ledger")


def standing(
    ledger: Ledger, verdict: Verdict, python: str = "3.11.7", method: str = "fork"
) -> Standing:
    return ledger.assess(verdict, CLAUSE, interpreter(python), BACKEND, method).standing


@pytest.mark.parametrize(
    ("verdict", "without", "with_"),
    [
        (Verdict.PASS, Standing.EXPECTED, Standing.GONE),
        (Verdict.FAIL, Standing.UNEXPECTED, Standing.KNOWN),
        (Verdict.CRASH, Standing.UNEXPECTED, Standing.UNEXPECTED),
        (Verdict.HANG, Standing.UNEXPECTED, Standing.UNEXPECTED),
        (Verdict.LEAK, Standing.UNEXPECTED, Standing.UNEXPECTED),
        (Verdict.ERROR, Standing.UNEXPECTED, Standing.UNEXPECTED),
        (Verdict.UNSUPPORTED, Standing.EXPECTED, Standing.EXPECTED),
        (Verdict.INCONCLUSIVE, Standing.EXPECTED, Standing.EXPECTED),
    ],
)
def test_what_a_ledger_makes_of_a_verdict(
    verdict: Verdict, without: Standing, with_: Standing
) -> None:
    assert standing(Ledger(), verdict) is without
    assert standing(ledger(), verdict) is with_


@pytest.mark.parametrize(
    ("condition", "python", "method", "applies"),
    [
        ('python = ">=3.8,<3.12"', "3.11.7", "fork", True),
        ('python = ">=3.8,<3.12"', "3.12.0", "fork", False),
        ('version = "<2"', "3.11.7", "fork", True),
        ('version = ">=2"', "3.11.7", "fork", False),
        ('start_methods = ["spawn"]', "3.11.7", "spawn", True),
        ('start_methods = ["spawn"]', "3.11.7", "fork", False),
        ('implementation = ["pypy"]', "3.11.7", "fork", False),
        ('implementation = ["cpython", "pypy"]', "3.11.7", "fork", True),
    ],
)
def test_a_deviation_is_expected_where_its_conditions_hold(
    condition: str, python: str, method: str, applies: bool
) -> None:
    got = standing(ledger(condition), Verdict.FAIL, python, method)
    assert got is (Standing.KNOWN if applies else Standing.UNEXPECTED)


def test_a_defect_may_show_in_more_than_one_way() -> None:
    both = Ledger.of(ledger('verdict = "fail"'), ledger('verdict = "hang"'))
    assert standing(both, Verdict.FAIL) is Standing.KNOWN
    assert standing(both, Verdict.HANG) is Standing.KNOWN
    assert standing(both, Verdict.CRASH) is Standing.UNEXPECTED
    assert standing(both, Verdict.PASS) is Standing.GONE


UNCLAIMED = f'[[unclaimed]]\nclauses = ["{CLAUSE}"]\nreason = "too early"\n'


@pytest.mark.parametrize(
    ("verdict", "reported", "standing"),
    [
        (Verdict.PASS, Verdict.PASS, Standing.GONE),
        (Verdict.FAIL, Verdict.UNSUPPORTED, Standing.EXPECTED),
        (Verdict.CRASH, Verdict.UNSUPPORTED, Standing.EXPECTED),
        (Verdict.HANG, Verdict.UNSUPPORTED, Standing.EXPECTED),
        (Verdict.LEAK, Verdict.UNSUPPORTED, Standing.EXPECTED),
        (Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Standing.EXPECTED),
        (Verdict.OBSERVED, Verdict.OBSERVED, Standing.EXPECTED),
        (Verdict.ERROR, Verdict.ERROR, Standing.UNEXPECTED),
    ],
)
def test_what_is_not_claimed_is_judged_all_the_same(
    verdict: Verdict, reported: Verdict, standing: Standing
) -> None:
    known = parse_ledger(UNCLAIMED, "a ledger")
    assessed = known.assess(verdict, CLAUSE, interpreter(), BACKEND, "fork")
    assert (assessed.verdict, assessed.standing) == (reported, standing)
    assert ("too early" in assessed.reason) is (verdict.is_finding or verdict is Verdict.PASS)
    elsewhere = parse_ledger(UNCLAIMED + 'start_methods = ["spawn"]', "a ledger")
    assert elsewhere.assess(verdict, CLAUSE, interpreter(), BACKEND, "fork").verdict is verdict


def test_an_area_that_is_not_claimed_is_each_of_its_clauses_and_some_may_hold() -> None:
    known = parse_ledger(UNCLAIMED.replace(CLAUSE, CLAUSE.partition(".")[0]), "a ledger")
    got = known.assess(Verdict.FAIL, CLAUSE, interpreter("3.11.7"), BACKEND, "fork")
    assert (got.verdict, got.reason) == (Verdict.UNSUPPORTED, "too early")
    assert standing(known, Verdict.PASS) is Standing.EXPECTED


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[deviation]]", "number 1: reason: Field required"),
        ("[[unclaimed]]", "number 1: reason: Field required"),
        ('[[unclaimed]]\nclauses = []\nreason = "x"', "clauses"),
        ('[[unclaimed]]\nclauses = ["seed.nothing"]\nreason = "x"', "unknown clause"),
        (f'{UNCLAIMED}verdict = "fail"', "verdict"),
        ('[[deviation]]\nclause = "seed.nothing"\nreason = "x"', "unknown clause"),
        (f'[[deviation]]\nclause = "{CLAUSE}"\nreason = "x"\npython = "3"', "3"),
        (f'[[deviation]]\nclause = "{CLAUSE}"\nreason = "x"\nreviewed = 1', "reviewed"),
        ("[[deviations]]", "unknown key"),
        ("deviation = 1", "ledger"),
        ("[[", "ledger"),
    ],
)
def test_a_bad_ledger_is_refused_with_the_error(text: str, fault: str) -> None:
    with pytest.raises(LedgerError, match=fault) as error:
        parse_ledger(text, "ledger")
    assert "\n" not in str(error.value)


def test_a_missing_ledger_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"missing\.toml"):
        read_ledger(tmp_path / "missing.toml")


def test_the_shipped_ledgers_can_be_read() -> None:
    folder = files(verdicts) / "ledgers"
    for file in folder.iterdir():
        ledger = shipped_ledger(file.name.removesuffix(".toml"))
        assert ledger.deviations or ledger.lacking
    assert shipped_ledger("no.such.backend").deviations == ()


def result(verdict: Verdict, standing: Standing) -> Result:
    return Result(
        clause=CLAUSE,
        grade="MUST",
        backend="some.backend",
        interpreter="/python",
        start_method="fork",
        verdict=verdict,
        standing=standing,
    )


def report(*results: Result) -> Report:
    return Report(
        suite_version="0",
        started="now",
        seconds=1.0,
        complete=True,
        profile="quick",
        seed=0,
        subjects=(),
        results=results,
    )


KEPT = result(Verdict.PASS, Standing.EXPECTED)
HUNG = result(Verdict.HANG, Standing.UNEXPECTED)
OURS = result(Verdict.ERROR, Standing.UNEXPECTED)


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ((), 2),
        ((KEPT,), 0),
        ((KEPT, result(Verdict.FAIL, Standing.KNOWN)), 0),
        ((KEPT, result(Verdict.INCONCLUSIVE, Standing.EXPECTED)), 3),
        ((KEPT, result(Verdict.FAIL, Standing.UNEXPECTED)), 1),
        ((KEPT, result(Verdict.LEAK, Standing.UNEXPECTED)), 1),
        ((KEPT, result(Verdict.PASS, Standing.GONE)), 1),
        (
            (result(Verdict.HANG, Standing.UNEXPECTED), result(Verdict.ERROR, Standing.UNEXPECTED)),
            2,
        ),
    ],
)
def test_the_exit_status(results: tuple[Result, ...], status: int) -> None:
    assert report(*results).exit_status == status


def test_a_must_clause_that_could_not_be_judged_is_open_unless_its_reason_is_a_finding() -> None:
    open_ = result(Verdict.INCONCLUSIVE, Standing.EXPECTED)
    follows = open_.model_copy(update={"clause": "area.other", "follows_from": "area.root"})
    root = result(Verdict.FAIL, Standing.KNOWN).model_copy(update={"clause": "area.root"})
    passing = root.model_copy(update={"verdict": Verdict.PASS, "standing": Standing.EXPECTED})
    should = open_.model_copy(update={"grade": "SHOULD"})
    assert report(open_).exit_status == 3
    assert report(follows, root).exit_status == 0
    # Then nothing says why it could not be judged.
    assert report(follows, passing).exit_status == 3
    assert report(follows).exit_status == 3
    assert report(should).exit_status == 0


def test_a_report_can_be_written_and_read(tmp_path: Path) -> None:
    written = report(KEPT, result(Verdict.FAIL, Standing.UNEXPECTED))
    assert read_report(written.write(tmp_path)) == written
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    for text in ("{}", "not json", '{"format": 1}'):
        path.write_text(text)
        with pytest.raises(ReportError, match="is not a report"):
            read_report(path)
    with pytest.raises(ReportError, match="cannot read"):
        read_report(tmp_path / "missing.json")


def test_a_report_of_a_stranger_is_refused_in_one_sentence(tmp_path: Path) -> None:
    ours = report(KEPT).model_dump(mode="json")
    hostile = {
        "another format": json.dumps({**ours, "format": 99}).encode(),
        "deep": b"[" * 200_000,
        "binary": bytes(range(256)) * 100,
        "unknown key": json.dumps({**ours, "__class__": "os.system"}).encode(),
        "large number": json.dumps(ours).replace('"seed": 0', '"seed": ' + "9" * 10_000).encode(),
    }
    for name, data in hostile.items():
        for suffix in ("json", "jsonl"):
            path = tmp_path / f"{name}.{suffix}"
            path.write_bytes(data + b"\n")
            with pytest.raises(ReportError) as refused:
                read_report(path)
            assert len(str(refused.value).splitlines()) == 1
            assert len(str(refused.value)) < 500
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ReportError, match="none has"):
        read_report(huge)
    (tmp_path / "another format.json").write_bytes(hostile["another format"])
    with pytest.raises(ReportError, match="this version reads format 1, not 99"):
        read_report(tmp_path / "another format.json")


def test_the_schema_is_published() -> None:
    published = json.loads((ROOT / "docs" / "report-schema.json").read_text("utf-8"))
    hint = "sharedctypes-conformance report schema > docs/report-schema.json"
    assert published == Report.model_json_schema(), hint
