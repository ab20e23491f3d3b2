"""A whole program: what it prints is told from what others print, and comes in lines."""

import sys

from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.program import exceptions_in, run_program_and_listen

from .running import STANDARD

_WITH_OTHERS = """\
import sys

sys.stdout.write("others\\n")
print(sys.argv[1], end="!\\n")
sys.stderr.write("oh")
"""

# What is written in two pieces can have another process's line in the middle.
_IN_PIECES = """\
import io
import sys


class Counting(io.StringIO):
    pieces = 0

    def write(self, text):
        self.pieces += bool(text)


sys.stdout = counting = Counting()
print("one", "line")
sys.stdout = sys.__stdout__
print(counting.pieces)
"""


def _printed_and_said(source: str) -> tuple[str, str]:
    return run_program_and_listen(
        probe(sys.executable, STANDARD, {}).target("fork"), source, "mine"
    )


def test_what_others_print_is_left_out_and_what_comes_on_stderr_is_told() -> None:
    assert _printed_and_said(_WITH_OTHERS) == ("mine!\n", "oh")


def test_a_line_is_written_in_one_piece() -> None:
    assert _printed_and_said(_IN_PIECES) == ("1\n", "")


def test_an_exception_is_told_once_and_without_its_traceback() -> None:
    said = "Traceback (most recent call last):\n  File 'a'\nValueError: no\n\nValueError: no\n"
    assert exceptions_in(said) == ["ValueError: no"]


# Like a helper of a backend, which other clauses are about.
_LEAVES_A_HELPER = """\
import subprocess
import sys

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("done")
"""


def test_a_program_has_ended_when_others_still_have_its_pipes() -> None:
    assert _printed_and_said(_LEAVES_A_HELPER) == ("done\n", "")
