"""The plugin in other people's pytest: inert, unless a run asks for checks.

Plugins that many projects have are installed here, and loaded by the runs of these tests.
"""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from sharedctypes_conformance import guest
from sharedctypes_conformance.cli import run

from .running import STANDARD, environment

CHECKS = "sharedctypes_conformance.checks"
ONE = ("--backend", STANDARD, "--start-method", "fork", "--clause", "module.signatures")

CONFTEST = """
def pytest_addoption(parser):
    for name in ("--backend", "--python", "--area", "--clause", "--profile", "--seed", "--ledger"):
        parser.addoption(name, default="theirs")
"""
UNRELATED = """
import sys

def test_their_option_is_theirs(request):
    assert request.config.getoption("backend") == "theirs"

def test_their_plugins_are_loaded(request):
    for name in ("randomly", "timeout", "pytest_cov", "rerunfailures"):
        assert request.config.pluginmanager.has_plugin(name), name

def test_nothing_is_imported():
    ours = {name for name in sys.modules if name.startswith("sharedctypes")}
    assert ours == {"sharedctypes_conformance", "sharedctypes_conformance.guest"}
"""


def pytest_in(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest in a folder, with every plugin that is installed."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=300,
    )


def unrelated(folder: Path) -> None:
    """Make a project that has options of the names of ours."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_theirs.py").write_text(UNRELATED)


@pytest.mark.parametrize(
    "options", [(), ("-n", "2"), ("-p", "no:randomly", "--cov", "test_theirs")]
)
def test_an_unrelated_project_is_not_affected(tmp_path: Path, options: tuple[str, ...]) -> None:
    unrelated(tmp_path)
    if "no:randomly" in options:
        theirs = tmp_path / "test_theirs.py"
        theirs.write_text(theirs.read_text().replace('"randomly", ', ""))
    done = pytest_in(tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_an_option_that_both_have_is_bad_usage(tmp_path: Path, options: tuple[str, ...]) -> None:
    unrelated(tmp_path)
    done = pytest_in(tmp_path, "--pyargs", CHECKS, *ONE, *options)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    [sentence] = done.stderr.split("\n\n")[:-1] or [done.stderr]
    assert "the option --backend of sharedctypes-conformance" in sentence
    assert "sharedctypes-conformance run" in sentence
    assert "Traceback" not in done.stdout + done.stderr


FOLDER = guest.FOLDER / "module"


@pytest.mark.parametrize(
    "named",
    [
        ("--pyargs", CHECKS),
        ("--pyargs", "sharedctypes_conformance.suite"),
        ("--pyargs", f"{CHECKS}.module"),
        ("--pyargs", "sharedctypes_conformance.suite.module.test_names"),
        ("--pyargs", "sharedctypes_conformance.suite", "-n", "2"),
        (str(FOLDER),),
        (f"{FOLDER / 'test_names.py'}",),
        (f"{FOLDER / 'test_names.py'}::test_signatures",),
        ("--pyargs", f"{CHECKS}.module.test_names::test_signatures"),
        (f"{FOLDER / 'test_names.py'}", "--import-mode", "importlib"),
    ],
    ids=" ".join,
)
def test_checks_are_run_however_they_are_named(tmp_path: Path, named: tuple[str, ...]) -> None:
    done = pytest_in(tmp_path, *named, *ONE, "--strict-markers")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("name", [CHECKS, "sharedctypes_conformance.suite"])
@pytest.mark.parametrize("workers", [(), ("-p", "xdist.plugin", "-n", "2")])
def test_the_plugin_can_be_loaded_by_its_name(
    tmp_path: Path, name: str, workers: tuple[str, ...]
) -> None:
    plugin = ("-p", "sharedctypes_conformance.plugin")
    done = pytest_in(
        tmp_path, *plugin, *workers, "--pyargs", name, *ONE, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_loaded_for_its_markers_the_plugin_probes_nothing(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    (tmp_path / "test_theirs.py").write_text("def test_nothing(): pass")
    # A default interpreter that cannot be judged would be refused if it were looked up.
    options = ("-p", "sharedctypes_conformance.plugin", "--python", "/bin/false")
    done = pytest_in(tmp_path, *options, *workers)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("argument", "asks"),
    [
        (CHECKS, True),
        (f"{CHECKS}.lock", True),
        (f"{CHECKS}.lock.test_rules::test_one", True),
        (f"{CHECKS}_of_mine", False),
        ("sharedctypes_conformance", False),
        ("checks", True),
        ("checks/lock/test_rules.py::test_one", True),
        ("lock", False),
        ("../tests", False),
        (f"--ignore={guest.FOLDER}", False),
        ("", False),
    ],
)
def test_what_asks_for_checks(argument: str, asks: bool) -> None:
    assert guest.asks_for_checks(["-q", argument], guest.FOLDER.parent) is asks


def test_options_have_the_names_of_the_command_line(tmp_path: Path) -> None:
    told = pytest_in(tmp_path, "--pyargs", CHECKS, "--help").stdout
    mine = told.partition("sharedctypes-conformance:\n")[2].partition("\n\n")[0]
    names = {word.partition("=")[0] for word in mine.split() if word.startswith("--")}
    command = {opt for one in run.params if isinstance(one, click.Option) for opt in one.opts}
    # Workers and -x are pytest's, and there is no report to write, to go on with or to compare in.
    assert names == command - {
        "-n",
        "--control",
        "--report-dir",
        "--resume",
        "--again",
        "-x",
        "--shard",
        "--exitfirst",
    }


def test_checks_coexist_with_other_plugins(tmp_path: Path) -> None:
    judged = ("--backend", "liars.module.lacks_copy", "--start-method", "fork", "--area", "module")
    others = ("--reruns", "1", "--timeout", "300", "--cov", "sharedctypes_conformance")
    done = pytest_in(tmp_path, "--pyargs", CHECKS, *judged, *others)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Using --randomly-seed" in done.stdout
    assert "has no 'copy'" in done.stdout
    assert "1 failed" in done.stdout
    assert "1 rerun" in done.stdout


LIMITED = """
import pytest

@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.name.startswith("test_signatures"))
    items[0].add_marker(pytest.mark.timeout(2))
"""


def test_a_check_that_is_interrupted_by_a_timeout_affects_no_other(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(LIMITED)
    judged = ("--backend", "liars.seed.sleeps_in_acquire", "--start-method", "fork")
    clauses = (
        "--clause",
        "seed.child-write-to-value-reaches-parent",
        "--clause",
        "module.signatures",
    )
    done = pytest_in(tmp_path, "--pyargs", CHECKS, *judged, *clauses)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Timeout" in done.stdout
    assert "1 failed, 1 passed" in done.stdout
