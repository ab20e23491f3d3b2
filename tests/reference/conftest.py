from __future__ import annotations

import multiprocessing
import sys
import types
from typing import Any

import pytest

METHODS = [
    # From 3.12 on, forking a process that has threads warns: a pytest-xdist worker has some.
    pytest.param("fork", marks=pytest.mark.filterwarnings("ignore::DeprecationWarning")),
    "spawn",
    "forkserver",
]


@pytest.fixture(params=METHODS)
def ctx(request: pytest.FixtureRequest) -> Any:
    return multiprocessing.get_context(request.param)


@pytest.fixture(params=["spawn", "forkserver"])
def spawning(request: pytest.FixtureRequest) -> Any:
    return multiprocessing.get_context(request.param)


@pytest.fixture(autouse=True)
def _bare_main(monkeypatch: pytest.MonkeyPatch) -> None:
    # Spawned children import the parent's main module: pytest, at a third of a second each.
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
