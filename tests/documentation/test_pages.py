"""The pages are true: what they show is run, and what they name exists."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from sharedctypes_conformance.backends import GROUP, LEDGER
from sharedctypes_conformance.cli import main, run
from sharedctypes_conformance.contract import load_registry
from sharedctypes_conformance.reports.contract import contract_as_markdown
from sharedctypes_conformance.verdicts.ledger import parse_ledger
from sharedctypes_conformance.verdicts.model import Verdict
from sharedctypes_conformance.verdicts.reading import read_report

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PAGES = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING}


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language in the README."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Return every command that the README shows, as words."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    lines += [
        line[2:] for block in blocks("console") for line in block.splitlines() if "$ " in line
    ]
    return [shlex.split(line, comments=True) for line in lines]


def words(text: str) -> str:
    """Return a text with its lines and spaces folded, without rules and cut-off ends."""
    return " ".join(re.sub(r"[─]+|\.\.\.", " ", text).split())


def test_the_readme_shows_what_comes(tmp_path: Path) -> None:
    block, _ = blocks("console")
    command, _, shown = block.partition("\n")
    done = subprocess.run(
        [sys.executable, "-m", "sharedctypes_conformance", *shlex.split(command[2:])[1:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    # Versions are those of the day on which the page was written.
    version = re.compile(r"\d+\.\d+\.\d+")
    assert version.sub("", words(shown)) in version.sub("", words(done.stdout))


def test_the_readme_shows_what_a_reproducer_prints(tmp_path: Path) -> None:
    _, block = blocks("console")
    first, told, second, printed = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    clause = shlex.split(first)[2]
    judged = ["run", "--backend", "multiprocessing", "--clause", clause, "--profile", "quick"]
    for command in (judged, shlex.split(first)[1:]):
        done = subprocess.run(
            [sys.executable, "-m", "sharedctypes_conformance", *command, "--start-method", "fork"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert told == done.stderr.replace(sys.executable, "/usr/bin/python3")
    shown = subprocess.run(
        [sys.executable, *shlex.split(second)[1:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (shown.returncode, shown.stdout) == (1, printed)


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_commands_have_only_options_that_exist(command: list[str]) -> None:
    options = [word for word in command if word.startswith("--")]
    if command[0] == "sharedctypes-conformance":
        known = main.commands[command[1]]
        if isinstance(known, click.Group):
            known = known.commands[command[2]]
        names = {option for parameter in known.params for option in parameter.opts}
        assert set(options) <= names
    elif command[0] == "pytest":
        assert options == ["--pyargs", "--backend"]
    else:
        assert command[0] in ("python3", "pip")


def test_the_script_shown_runs(tmp_path: Path) -> None:
    [block] = blocks("python")
    script = block.replace("your_package.sharedctypes", "multiprocessing.sharedctypes")
    assert script != block
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("exit status 0\n")
    assert read_report(tmp_path / "report.json").complete


def test_every_option_of_run_is_named() -> None:
    for parameter in run.params:
        assert isinstance(parameter, click.Option)
        assert f"{parameter.opts[0]}" in README


def test_every_verdict_is_explained() -> None:
    explained = set(re.findall(r"^\| (\w+) \|", README, re.MULTILINE))
    assert {verdict.value for verdict in Verdict} - explained == set()


def test_the_ledgers_shown_are_ledgers() -> None:
    deviation, unclaimed, lacking, project = blocks("toml")
    assert len(parse_ledger(deviation, "README.md").deviations) == 1
    assert len(parse_ledger(unclaimed, "README.md").deviations) == 2
    assert len(parse_ledger(lacking, "README.md").lacking) == 1
    assert GROUP in tomllib.loads(project)["project"]["entry-points"]
    assert LEDGER in README


@pytest.mark.parametrize("page", PAGES)
def test_clauses_and_files_that_are_named_exist(page: str) -> None:
    text = PAGES[page]
    areas = "|".join(load_registry().areas)
    for clause in re.findall(rf"\b(?:{areas})\.[a-z]+-[a-z-]+", text):
        load_registry().clause(clause)
    for target in re.findall(r"\]\(([\w./]+)\)", text):
        assert (ROOT / target).exists()


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_nothing_is_counted_by_hand(page: str) -> None:
    # docs/cpython-tests.md has the numbers, made and compared.
    text = (ROOT / page).read_text("utf-8")
    counted = re.findall(r"\b[0-9]+ (?:areas|clauses|checks|liars|backends|tests)\b", text)
    assert counted == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    named = [*project["project"]["dependencies"]]
    named += project["project"]["optional-dependencies"]["backends"]
    named += [one for group in groups for one in group if isinstance(one, str)]
    for requirement in named:
        name = Requirement(requirement).name
        assert name.removeprefix("types-") in CONTRIBUTING


def test_the_folders_shown_exist() -> None:
    for folder in re.findall(
        r"^ {4}((?:conformance|impl|tests)/[\w/]+)", CONTRIBUTING, re.MULTILINE
    ):
        assert (ROOT / folder).is_dir()
    package = ROOT / "conformance/sharedctypes_conformance"
    for name in re.findall(r"^ {8}([\w./]+)", CONTRIBUTING, re.MULTILINE):
        assert (package / name).exists()


def test_the_contract_is_published() -> None:
    areas = list(load_registry().areas.values())
    published = (ROOT / "docs/contract.md").read_text("utf-8")
    assert published == contract_as_markdown(areas), (
        "run `sharedctypes-conformance clauses --format markdown > docs/contract.md`"
    )
