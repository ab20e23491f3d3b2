"""A package registers its backend, known deviations and what it does not claim, as data."""

import os
import sys
from pathlib import Path

import pytest

from sharedctypes_conformance.backends import LEDGER, known_backends, ledger_beside, module_of

from .running import TESTS, report_in, tool

BROKEN = "module.has-all-six-functions"
KEPT = "wrapper.refuses-a-wrapper"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an installed package that registers a backend without `copy`."""
    site = tmp_path / "site"
    package = site / "mine" / "inner"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    (package / "shared.py").write_text(
        "from multiprocessing.sharedctypes import Array, RawArray, RawValue, Value, synchronized"
    )
    metadata = site / "mine-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[sharedctypes_conformance.backends]\nmine = mine.inner.shared\n"
    )
    monkeypatch.syspath_prepend(site)
    return package


def judge_mine(folder: Path, package: Path, *clauses: str) -> tuple[int, str]:
    """Judge the package's backend; return the exit status and what was printed."""
    path = os.pathsep.join([str(TESTS), str(package.parent.parent)])
    options = [word for clause in clauses for word in ("--clause", clause)]
    options += ["--backend", "mine", "--start-method", "fork", "-n", "0"]
    done = tool("run", *options, cwd=folder, PYTHONPATH=path)
    return done.returncode, done.stdout + done.stderr


def test_a_registered_backend_is_known_and_nothing_is_imported(package: Path) -> None:
    assert module_of("mine") == "mine.inner.shared"
    assert ("mine.inner.shared", "registered as mine") in [
        (known.module, known.what) for known in known_backends()
    ]
    assert "mine" not in sys.modules


def test_a_ledger_is_found_beside_the_module(package: Path) -> None:
    module = str(package / "shared.py")
    assert ledger_beside(module) is None
    (package / LEDGER).write_text("")
    assert ledger_beside(module) == package / LEDGER
    assert ledger_beside(None) is None


def test_a_ledger_among_installed_packages_is_nobodys(tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    (site / LEDGER).write_text("")
    assert ledger_beside(str(site / "mine.py")) is None


def test_its_known_deviations_are_green(package: Path, tmp_path: Path) -> None:
    status, printed = judge_mine(tmp_path, package, BROKEN)
    assert status == 1, printed
    (package / LEDGER).write_text(f'[[deviation]]\nclause = "{BROKEN}"\nreason = "we know"\n')
    status, printed = judge_mine(tmp_path, package, BROKEN)
    assert status == 0, printed
    assert "1 fail, known" in printed


def test_what_it_does_not_claim_is_unsupported_and_says_so(package: Path, tmp_path: Path) -> None:
    (package / LEDGER).write_text(f'[[unclaimed]]\nclauses = ["{BROKEN}"]\nreason = "no copies"\n')
    status, printed = judge_mine(tmp_path, package, BROKEN)
    assert status == 0, printed
    assert "1 unsupported" in printed
    assert f"unsupported  {BROKEN}" in printed
    assert "  happened  fail: " in printed
    assert "  ledger    no copies" in printed
    [result] = report_in(tmp_path)["results"]
    assert (result["verdict"], result["standing"]) == ("unsupported", "expected")
    assert result["evidence"]["recurred"] > 0
    report = "conformance-report/report.json"
    explained = tool("explain", BROKEN, "--report", report, cwd=tmp_path).stdout
    assert "no copies" in explained


def test_a_clause_that_could_be_claimed_fails_a_run_like_a_fixed_deviation(
    package: Path, tmp_path: Path
) -> None:
    (package / LEDGER).write_text(f'[[unclaimed]]\nclauses = ["{KEPT}"]\nreason = "too early"\n')
    status, printed = judge_mine(tmp_path, package, KEPT)
    assert status == 1, printed
    assert "the claim can be made" in printed
    [result] = report_in(tmp_path)["results"]
    assert (result["verdict"], result["standing"]) == ("pass", "gone")


def test_an_area_that_is_not_claimed_may_hold_in_part(package: Path, tmp_path: Path) -> None:
    (package / LEDGER).write_text('[[unclaimed]]\nclauses = ["module"]\nreason = "not yet"\n')
    status, printed = judge_mine(
        tmp_path, package, BROKEN, "module.synchronized-takes-ctx-by-position"
    )
    assert status == 0, printed
    assert "1 unsupported" in printed
    assert "1 pass" in printed


def test_a_bad_ledger_of_a_package_is_bad_usage(package: Path, tmp_path: Path) -> None:
    (package / LEDGER).write_text("[[unclaimed]]\n")
    status, printed = judge_mine(tmp_path, package, KEPT)
    assert status == 2, printed
    assert str(package / LEDGER) in printed
    assert "Traceback" not in printed
