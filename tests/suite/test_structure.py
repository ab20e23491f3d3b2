"""Imports run one way, and what runs in a target interpreter needs nothing but Python."""

import ast
import sys
from pathlib import Path

import pytest

import sharedctypes_conformance
import sharedctypes_reference

SUITE = Path(sharedctypes_conformance.__file__).parent
REFERENCE = Path(sharedctypes_reference.__file__).parent

# Which folders of the suite each folder may import from, besides its own.
MAY_IMPORT = {
    "actors": set(),
    "contract": set(),
    "oracle": set(),
    "stage": {"actors"},
    "strategies": {"actors", "oracle", "stage"},
    "verdicts": {"contract"},
    "reports": {"contract", "verdicts"},
    "suite": {"actors", "contract", "oracle", "stage", "strategies", "verdicts"},
}


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


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_run_one_way(folder: str) -> None:
    for file in (SUITE / folder).glob("*.py"):
        for level, name in imports(file):
            if level == 2:
                assert name.partition(".")[0] in MAY_IMPORT[folder], f"{file.name}: {name}"


def test_every_folder_has_its_place() -> None:
    folders = {path.parent.name for path in SUITE.glob("*/__init__.py")}
    assert folders == set(MAY_IMPORT)


@pytest.mark.parametrize(
    "file", [*(SUITE / "actors").glob("*.py"), *REFERENCE.glob("*.py")], ids=lambda file: file.stem
)
def test_the_standard_library_is_enough_for_a_target_interpreter(file: Path) -> None:
    for level, name in imports(file):
        assert level == 1 or name.partition(".")[0] in sys.stdlib_module_names


def test_the_suite_imports_no_backend() -> None:
    backends = ("multiprocessing", "multiprocess", "billiard", "sharedctypes_reference")
    for file in SUITE.rglob("*.py"):
        if file.parent.name != "actors":
            for level, name in imports(file):
                assert level > 0 or name.partition(".")[0] not in backends, file
