"""What a backend lacks is found out, said, and no excuse for what it does badly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from liars.honest import lacking as backend
from liars.honest import partial
from sharedctypes_conformance.actors.runtime.probe import NAMES
from sharedctypes_conformance.contract import CAPABILITIES, load_registry
from sharedctypes_conformance.contract.capabilities import FUNCTIONS
from sharedctypes_conformance.stage import capabilities, program
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.ledger import LedgerError, parse_ledger

from .judging import judge, probe_liar, stage_for
from .running import report_in, tool

# What else is lacking where something is.
CONSEQUENCES = {
    "ctypes": ("ctypes", "get_obj", "RawValue", "RawArray", "copy", "synchronized"),
    "children": ("children", "raw-inheritance", "wrapper-inheritance", "pools", "executors"),
    "locks": ("locks", "custom-locks"),
    "threads": ("threads", "native-threads", "pools", "executors"),
}
TRIED = [name for name in CAPABILITIES if name not in ("start-method", "executors")]


@pytest.fixture(autouse=True)
def _tried_afresh() -> Iterator[None]:
    for known in (capabilities._try_all, program.refusal_of_a_child):
        known.cache_clear()
    yield
    for known in (capabilities._try_all, program.refusal_of_a_child):
        known.cache_clear()


def test_the_six_functions_are_capabilities() -> None:
    assert FUNCTIONS == NAMES


def test_who_promises_something_is_a_clause_that_needs_it() -> None:
    clauses = load_registry().clauses
    for one in CAPABILITIES.values():
        if one.promised_by:
            assert one.name in clauses[one.promised_by].promises
    needed = {name for clause in clauses.values() for name in clause.needs}
    # Which of the functions an example needs may be drawn.
    assert set(CAPABILITIES) - needed <= {"start-method", *FUNCTIONS}


@pytest.mark.parametrize("name", TRIED)
def test_what_is_lacking_is_found_and_nothing_else(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(backend.VARIABLE, name)
    method = "own" if name == "contexts" else "fork"
    target = probe_liar("honest.lacking").target(method)
    found = capabilities.lacking(target, TRIED)
    assert name in found, "it is not found to be lacking"
    assert set(found) <= {*CONSEQUENCES.get(name, (name,))}


def test_nothing_is_lacking_where_nothing_is() -> None:
    target = probe_liar("honest.lacking").target("spawn")
    assert capabilities.lacking(target, TRIED) == {}


@pytest.mark.parametrize(
    "fault",
    [
        "get_obj raises",
        "get_obj None",
        "get_lock raises",
        "get_lock None",
        "acquire None",
        "Value raises",
        "Value None",
        "RawValue object",
        "without Value lock",
        "reduce raises",
        "rebuild None",
        "synchronized raises",
    ],
)
def test_what_is_there_and_wrong_is_not_lacking(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fault in partial.FAULTS
    monkeypatch.setenv(partial.VARIABLE, fault)
    target = probe_liar("honest.partial").target("fork")
    names = [name for name in TRIED if name not in ("pools", "executors")]
    assert capabilities.lacking(target, names) == {}


def test_what_kills_the_process_is_not_lacking() -> None:
    target = probe_liar("seed.segfaults_in_value").target("fork")
    found = capabilities.look(target, "get_obj")
    assert not found.is_lacking
    assert "SIGSEGV" in found.evidence


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Return a stage for a backend that takes no locks of a user's own."""
    monkeypatch.setenv(backend.VARIABLE, "custom-locks")
    made = stage_for("honest.lacking", "fork")
    yield made
    made.close()


def test_a_clause_that_needs_what_is_lacking_is_unsupported(stage: Stage) -> None:
    judgement = judge(stage, "with.failed-enter-skips-body")
    assert judgement.verdict == "unsupported"
    assert judgement.lacks == ("custom-locks",)
    assert judgement.follows_from == "lock-argument.accepts-lock-like-objects"
    assert "is no lock of multiprocessing" in judgement.message


def test_the_clause_that_promises_it_fails(stage: Stage) -> None:
    assert judge(stage, "lock-argument.accepts-lock-like-objects").verdict == "fail"


def test_other_clauses_are_judged(stage: Stage) -> None:
    assert judge(stage, "wrapper.reads-happen-under-lock").verdict == "pass"


NEEDS = "with.failed-enter-skips-body"  # SHOULD
PROMISES = "lock-argument.accepts-lock-like-objects"
LEDGER = """
[[lacking]]
capabilities = ["custom-locks"]
reason = "locks are in a server"
"""
NO_COPY = "copy.equals-its-source"  # MUST


def run(tmp_path: Path, *arguments: str, lacks: str) -> tuple[int, str]:
    done = tool(
        *("run", "--backend", "liars.honest.lacking", "--start-method", "fork", "-n", "0"),
        *("--profile", "quick", *arguments),
        cwd=tmp_path,
        **{backend.VARIABLE: lacks},
    )
    assert not done.stderr, done.stderr
    return done.returncode, " ".join(done.stdout.split())


def test_an_undeclared_lack_is_loud(tmp_path: Path) -> None:
    status, printed = run(tmp_path, "--clause", NO_COPY, lacks="copy")
    assert status == 3
    assert "lacks copy, which it does not declare" in printed
    assert "0 of 1 cells judged" in printed
    assert "Not judged: 1 cell of a MUST clause" in printed
    (found,) = [one for one in report_in(tmp_path)["capabilities"] if one["is_lacking"]]
    assert found["capability"] == "copy"


def test_an_undeclared_lack_is_a_failure_of_what_promises_it(tmp_path: Path) -> None:
    both = ("--clause", NO_COPY, "--clause", "module.has-all-six-functions")
    status, printed = run(tmp_path, *both, lacks="copy")
    assert status == 1
    assert "lacks copy, which it does not declare" in printed


def test_a_declared_lack_is_expected(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.toml"
    ledger.write_text(LEDGER)
    both = ("--clause", NEEDS, "--clause", PROMISES, "--ledger", str(ledger))
    status, printed = run(tmp_path, *both, lacks="custom-locks")
    assert status == 0
    assert "lacks custom-locks, as it declares" in printed
    results = report_in(tmp_path)["results"]
    assert {one["verdict"] for one in results} == {"unsupported"}
    assert {one["reason"] for one in results} == {"locks are in a server"}
    assert any(one["message"].startswith("fail: ") for one in results)


def test_what_is_declared_and_not_lacking_fails_the_run(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.toml"
    ledger.write_text(LEDGER)
    status, printed = run(tmp_path, "--clause", NEEDS, "--ledger", str(ledger), lacks="")
    assert status == 1
    assert "has custom-locks" in printed
    (result,) = report_in(tmp_path)["results"]
    assert result["verdict"] == "pass"


def test_what_does_not_exist_cannot_be_declared() -> None:
    with pytest.raises(LedgerError, match="unknown capability 'wings'"):
        parse_ledger('[[lacking]]\ncapabilities = ["wings"]\nreason = "none"', "it")
    with pytest.raises(LedgerError, match="reason"):
        parse_ledger('[[lacking]]\ncapabilities = ["copy"]\nreason = ""', "it")
