"""What runs in a target interpreter needs nothing but Python.

That imports run one way is declared in pyproject.toml, and looked at by import-linter.
"""

import ast
import sys
from pathlib import Path

import pytest

import sharedctypes_conformance
import sharedctypes_reference

SUITE = Path(sharedctypes_conformance.__file__).parent
REFERENCE = Path(sharedctypes_reference.__file__).parent


def imports(file: Path) -> list[tuple[int, str]]:
    """Return what a module imports: how many dots in front, and the name."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found += [(node.level, name) for name in names]
        elif isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
    return found


@pytest.mark.parametrize(
    "file",
    [
        *(SUITE / "actors").rglob("*.py"),
        SUITE / "bench" / "timed_program.py",
        *REFERENCE.glob("*.py"),
    ],
    ids=lambda file: "/".join(file.parts[-3:]),
)
def test_the_standard_library_is_enough_for_a_target_interpreter(file: Path) -> None:
    for level, name in imports(file):
        assert level > 0 or name.partition(".")[0] in sys.stdlib_module_names


def test_the_suite_imports_no_backend() -> None:
    backends = ("multiprocessing", "multiprocess", "billiard", "sharedctypes_reference")
    for file in SUITE.rglob("*.py"):
        # What runs in the target interpreter alone.
        if not {SUITE / "actors", SUITE / "foreign"} & {*file.parents}:
            for level, name in imports(file):
                assert level > 0 or name.partition(".")[0] not in backends, file
