"""The Python API: what a script gets, and that its process is left unchanged."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sharedctypes_conformance import api

from .running import environment

ONE = 'start_methods=["fork"], clauses=["wrapper.refuses-a-wrapper"], workers=0'
STANDARD = '["multiprocessing.sharedctypes"]'


def script(source: str, folder: Path, **more: str) -> str:
    """Run a script that has imported the API; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", f"from sharedctypes_conformance import api\n{source}"],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


def test_a_script_gets_reports_and_its_process_is_unchanged(tmp_path: Path) -> None:
    source = f"""
    import os, signal, sys

    def state():
        handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        return dict(os.environ), list(sys.path), os.getcwd(), handlers

    before = state()
    for seed in (1, 2):
        seen, totals = [], []
        report = api.run(
            {STANDARD}, {ONE}, seed=seed, on_total=totals.append, on_result=seen.append
        )
        assert state() == before
        assert report.complete and report.exit_status == 0 and report.problems == ()
        assert [result.verdict for result in report.results] == [api.Verdict.PASS]
        assert (list(report.results), totals, report.seed) == (seen, [1], seed)
    print("done")
    """
    # What is set for the script's own tests is neither used nor lost.
    mine = {"PYTEST_ADDOPTS": "--no-such-option", "PYTEST_PLUGINS": "no_such_plugin"}
    assert script(textwrap.dedent(source), tmp_path, **mine) == "done\n"
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_has_a_report(tmp_path: Path) -> None:
    source = f"""
    def interrupt(result):
        raise KeyboardInterrupt

    try:
        api.run({STANDARD}, start_methods=["fork"], areas=["seed"], workers=0, on_result=interrupt)
    except KeyboardInterrupt as interrupted:
        report = interrupted.report
        print(type(interrupted).__name__, report.complete, len(report.results), report.exit_status)
    """
    assert script(textwrap.dedent(source), tmp_path) == "Interrupted False 1 2\n"


def test_an_error_of_the_suite_is_in_the_report(tmp_path: Path) -> None:
    source = f"""
    def fail(result):
        raise ZeroDivisionError("in a script's own function")

    report = api.run({STANDARD}, {ONE}, on_result=fail)
    print(report.complete, report.exit_status, "ZeroDivisionError" in report.problems[0])
    """
    assert "False 2 True\n" in script(textwrap.dedent(source), tmp_path)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"backends": ["no.such.backend"]}, api.BadSelection, "cannot import the backend"),
        ({"profile": "fast"}, api.BadSelection, "unknown profile 'fast'; there are quick, default"),
        ({"start_methods": ["thread"]}, api.BadSelection, "it has fork, spawn, forkserver"),
        ({"areas": ["seeds"]}, api.ContractError, "unknown area 'seeds'"),
        ({"clauses": ["seed.no"]}, api.ContractError, "unknown clause 'seed.no'"),
        ({"ledgers": ["missing.toml"]}, api.LedgerError, "cannot read the ledger missing.toml"),
    ],
)
def test_what_cannot_be_judged_is_an_exception_with_a_sentence(
    arguments: dict[str, list[str]], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        api.run(**arguments)  # type: ignore[arg-type] # wrong on purpose


def test_clauses_can_be_listed() -> None:
    every = api.clauses()
    assert list(every) == list(api.load_registry().clauses.values())
    assert {clause.area for clause in api.clauses(["lock", "with"])} == {"lock", "with"}
    with pytest.raises(api.ContractError, match="unknown area"):
        api.clauses(["locks"])


def test_importing_the_package_imports_nothing_else() -> None:
    source = "import sys, sharedctypes_conformance; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    ours = [name for name in done.stdout.split() if name.startswith("sharedctypes")]
    assert ours == ["sharedctypes_conformance"]
    assert "pytest" not in done.stdout.split()


def test_all_that_is_public_is_documented() -> None:
    for name in api.__all__:
        assert getattr(api, name).__doc__, name
