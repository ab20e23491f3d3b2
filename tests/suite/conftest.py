"""Fixtures of the suite's tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sharedctypes_conformance.stage.scratch import BYTECODE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: at the end, one worker would be busy and the others idle."""
    items.sort(key=lambda item: item.path.name != "test_honest_machines.py")


@pytest.fixture(scope="session", autouse=True)
def _bytecode(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have interpreters compile modules once, as in a run, if they are to write no bytecode."""
    os.environ.setdefault(BYTECODE, str(tmp_path_factory.getbasetemp() / "bytecode"))


@pytest.fixture(scope="session")
def other_python() -> str:
    """Return a Python of another version than this one; skips, visibly, where there is none."""
    names = [f"python3.{minor}" for minor in range(8, 16)]
    candidates = [shutil.which(name) for name in names]
    candidates += map(str, sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3")))
    for python in filter(None, candidates):
        command = [python, "-c", "import sys; print(*sys.version_info[:2])"]
        said = subprocess.run(command, capture_output=True, text=True)
        if said.returncode == 0:
            version = tuple(map(int, said.stdout.split()))
            if version >= (3, 8) and version != sys.version_info[:2]:
                return python
    pytest.skip("there is no other Python here")
