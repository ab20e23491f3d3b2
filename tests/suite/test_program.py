"""Whole programs: each prints what it should, distinguished from the output of others."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sharedctypes_conformance.checks.fault.test_programs import CIRCUMSTANCES
from sharedctypes_conformance.stage.findings import StageFault
from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.program import (
    PROGRAMS,
    SHARED,
    exceptions_in,
    run_program_and_listen,
)

from .judging import judge, stage_for
from .running import STANDARD

FILES = sorted(PROGRAMS.glob("*.py"))

_EXAMPLE = """\
49
0.1111111111111111
b'HELLO WORLD'
[(3.515625, 39.0625), (33.0625, 4.0), (5.640625, 90.25)]
"""
_TYPES = """\
True Point True Either True Named 4.0 5 1.5 9 True True 3
0
True Point True Either True Named 5.0 6 2.5 10 True True 4
"""

# What programs print by name and variant; some say instead that the user may not do what they do.
PRINTED = {
    ("child_begins", ""): {"begun\n"},
    ("ends_after_its_starts", ""): {"sees [[20, 21], [20, 21], [20.0, 21.0]]\n" * 2},
    ("ends_with_held_locks", ""): {""},
    ("ends_with_objects_alive", ""): {""},
    ("exhausted_resources", "descriptors"): {"well\n"},
    ("exhausted_resources", "memory before the first object"): {"well\n", "no namespace\n"},
    ("exhausted_resources", "memory after the first object"): {"well\n", "no namespace\n"},
    ("closed_descriptors", ""): {""},
    ("introduction", ""): {"3.1415927\n[0, -1, -2, -3, -4, -5, -6, -7, -8, -9]\n"},
    ("main_module_types", ""): {2 * _TYPES},
    ("plain_fork", ""): {""},
    ("refused_processes", ""): {"", "no limit\n"},
    **{("unusual_circumstances", does): {""} for does in CIRCUMSTANCES},
    ("worked_example", ""): {_EXAMPLE},
}

# The standard library dies of full memory.
BACKENDS = {"exhausted_resources": "sharedctypes_reference"}


def _run(program: Path, *variant: str, backend: str = STANDARD) -> tuple[str, str]:
    target = probe(sys.executable, backend, {}).target("fork")
    arguments = [backend, target.contexts, target.method, *variant]
    return run_program_and_listen(target, program, arguments, [SHARED])


@pytest.mark.parametrize(("name", "variant"), PRINTED)
def test_program_prints_what_it_should(name: str, variant: str) -> None:
    backend = BACKENDS.get(name, STANDARD)
    printed, said = _run(PROGRAMS / f"{name}.py", *filter(None, [variant]), backend=backend)
    assert printed in PRINTED[name, variant], said


def test_every_program_is_run_here() -> None:
    assert {name for name, _ in PRINTED} == {file.stem for file in FILES} - {SHARED.stem}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_programs_are_of_python_3_8_and_its_library(file: Path) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 8))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(one.name for one in node.names)][:1]
        if name
    }
    # The actors by the name for the type checker, and by the one in the target interpreter.
    actors = {"sharedctypes_conformance", "sharedctypes_actors"}
    assert imported - actors - {SHARED.stem} <= sys.stdlib_module_names


def test_a_program_runs_on_its_own() -> None:
    program = PROGRAMS / "worked_example.py"
    command = [sys.executable, str(program), STANDARD, "multiprocessing", "spawn"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ended.stdout, ended.stderr) == (_EXAMPLE, "")


def test_a_program_says_which_arguments_it_takes() -> None:
    command = [sys.executable, str(PROGRAMS / "introduction.py"), STANDARD]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.startswith("usage: ")


def test_how_a_program_was_run_is_part_of_the_evidence() -> None:
    stage = stage_for("fault.plain_forks_share_the_arenas_position", "fork")
    try:
        judgement = judge(stage, "fault.os-fork-corrupts-nothing")
    finally:
        stage.close()
    assert judgement.evidence is not None
    first, *printed, last = judgement.evidence.history
    assert first == (
        "the program: subprocess.run(['python', 'checks/programs/plain_fork.py', "
        "'liars.fault.plain_forks_share_the_arenas_position', 'multiprocessing', 'fork'])"
    )
    assert printed
    assert all(line.startswith("the program: # printed: of ") for line in printed)
    assert last == "the program: # ended with exit code 0"
    assert "def run_forked(" in judgement.evidence.source


# Programs of this test's own.


@pytest.mark.parametrize("text", [None, "if True"])
def test_what_is_no_program_is_our_own_fault(tmp_path: Path, text: str | None) -> None:
    program = tmp_path / "broken.py"
    if text is not None:
        program.write_text(text)
    with pytest.raises(StageFault, match=r"^broken\.py cannot be run: "):
        _run(program)


_WITH_OTHERS = """\
import sys

from sharedctypes_program import say, variant

sys.stdout.write("others\\n")
say(variant(), end="!\\n")
sys.stderr.write("oh")
"""

# What is written in two pieces can have another process's line in the middle.
_IN_PIECES = """\
import io
import sys

from sharedctypes_program import say


class Counting(io.StringIO):
    pieces = 0

    def write(self, text):
        self.pieces += bool(text)


sys.stdout = counting = Counting()
say("one", "line")
sys.stdout = sys.__stdout__
say(counting.pieces)
"""

# Like a helper of a backend, which other clauses are about.
_LEAVES_A_HELPER = """\
import subprocess
import sys

from sharedctypes_program import say

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
say("done")
"""


@pytest.mark.parametrize(
    ("source", "printed", "said"),
    [
        pytest.param(_WITH_OTHERS, "mine!\n", "oh", id="others print too"),
        pytest.param(_IN_PIECES, "1\n", "", id="a line is written in one piece"),
        pytest.param(_LEAVES_A_HELPER, "done\n", "", id="others still have its pipes"),
    ],
)
def test_what_a_program_prints(tmp_path: Path, source: str, printed: str, said: str) -> None:
    program = tmp_path / "of_its_own.py"
    program.write_text(source)
    assert _run(program, "mine") == (printed, said)


def test_a_process_without_arguments_finds_them(tmp_path: Path) -> None:
    program = tmp_path / "forgets.py"
    program.write_text(
        "import sys\n"
        "from sharedctypes_program import say, start_method, variant\n"
        "start_method()\n"
        "del sys.argv[1:]  # as in a forkserver\n"
        "say(start_method(), variant())\n"
    )
    assert _run(program, "mine") == ("fork mine\n", "")


def test_an_exception_is_reported_once_and_without_its_traceback() -> None:
    said = "Traceback (most recent call last):\n  File 'a'\nValueError: no\n\nValueError: no\n"
    assert exceptions_in(said) == ["ValueError: no"]
