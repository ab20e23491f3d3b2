"""What the pages of the defects say is so: each reproducer shows what its page says it does."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from releases.model import pairs
from sharedctypes_conformance.verdicts.ledger import shipped_ledger

from .model import FOLDER, LEDGERS, Defect, defects, interpreter_of
from .page import page, pages
from .record import installed_of, recorded
from .running import SHOWN, Installed, installed, run

REFERENCE = "sharedctypes_reference"
MOST_LINES = 30


def expected(defect: Defect, backend: Installed, start_method: str) -> bool:
    interpreter = interpreter_of(backend.implementation, backend.interpreter, backend.python)
    return defect.shows(backend.module, backend.version, interpreter, start_method)


@pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.name)
def test_a_reproducer_shows_the_defect_where_it_is(
    defect: Defect, backends: list[Installed], can_mount: bool
) -> None:
    with ThreadPoolExecutor(len(backends)) as pool:
        said = pool.map(lambda one: run(sys.executable, one.module, [defect], 2), backends)
        shown = {
            (backend.module, one.start_method, one.output): one.shown
            for backend, runs in zip(backends, said, strict=True)
            for one in runs
        }
    by_name = {backend.module: backend for backend in backends}
    undecided = defect.name == "full-memory-kills" and not can_mount
    assert shown == {
        (module, method, output): None if undecided else expected(defect, by_name[module], method)
        for module, method, output in shown
    }


@pytest.fixture(scope="module")
def backends() -> list[Installed]:
    """The backends that are installed, of which the first two always are."""
    found = [installed(sys.executable, module) for module in (REFERENCE, *LEDGERS)]
    assert found[0] is not None
    assert found[1] is not None
    return [backend for backend in found if backend is not None]


@pytest.fixture(scope="module")
def can_mount() -> bool:
    """Whether this user may mount a file system in a namespace of its own."""
    script = "mount -t tmpfs none /dev/shm"
    return subprocess.run(["unshare", "-rm", "sh", "-c", script], check=False).returncode == 0


def test_a_program_that_raises_shows_nothing() -> None:
    broken = run(sys.executable, "no_such_module", defects()[:1], at_a_time=1)
    assert [(one.status, one.shown) for one in broken] == [(SHOWN, None)] * len(broken)


def test_every_known_deviation_has_a_page() -> None:
    # Those of past releases that a later one mended are in `reports/releases.md`.
    mended = {pair.backend for pair in pairs()}
    without = {
        (module, deviation.clause)
        for module in LEDGERS
        for deviation in shipped_ledger(module).deviations
        if not (deviation.version and module in mended)
        if not any(defect.covers(module, deviation) for defect in defects())
    }
    assert without == set()


@pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.name)
def test_every_clause_named_is_broken_somewhere(defect: Defect) -> None:
    broken = {
        deviation.clause
        for module in defect.backends
        for deviation in shipped_ledger(module).deviations
    }
    assert set(defect.clauses) <= broken


def test_what_was_recorded_agrees_with_the_ledgers() -> None:
    by_name = {defect.name: defect for defect in defects()}
    wrong = [
        (backend.module, backend.title, name, method, entry["shown"])
        for row in recorded()
        for backend in [installed_of(row)]
        for name, said in row["said"].items()
        for method, entry in said.items()
        if entry["shown"] is not expected(by_name[name], backend, method)
    ]
    assert wrong == []


def test_the_links_of_ledgers_are_on_the_pages() -> None:
    for module in LEDGERS:
        for deviation in shipped_ledger(module).deviations:
            about = [defect for defect in defects() if defect.covers(module, deviation)]
            assert not deviation.link or any(deviation.link in page(one) for one in about)


@pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.name)
def test_a_reproducer_is_short(defect: Defect) -> None:
    text = defect.reproducer.read_text("utf-8")
    assert len(re.findall(r"^.*\S", text, re.MULTILINE)) <= MOST_LINES


def test_the_pages_are_up_to_date() -> None:
    kept = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.md")}
    assert kept == pages(), "bring them up to date: PYTHONPATH=tests python -m defects.page"


def test_every_file_belongs_to_a_defect() -> None:
    names = {defect.name for defect in defects()} | {"README", "runs"}
    assert {file.stem for file in FOLDER.iterdir() if file.is_file()} == names
