"""The page of the benchmark of the suite itself."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from .pages import report, result

PATH = Path(__file__).parents[2] / "conformance" / "benchmarks" / "suite.py"
RESULTS = (
    result("raw.values-are-zeroed", cpu_of_suite=1.0, cpu_of_target=3.0, seconds=5.0, examples=10),
    result(
        "copy.is-shared",
        method="spawn",
        cpu_of_suite=0.5,
        cpu_of_target=None,
        seconds=2.0,
        examples=4,
    ),
)


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_the_suite", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_each_start_method_and_the_whole_run(suite: ModuleType) -> None:
    page = suite.page("some.backend", 2, [suite.Run("quick", report(*RESULTS), 7.0, 6.0)])
    assert "| fork | 5.0 | 4.0 | 1.0 | 3.0 | 1 | 0.2 | 10 | 2 |" in page
    assert "| spawn | 2.0 | 0.5 | 0.5 | 0.0 | 1 | 0.5 | 4 | 2 |" in page
    assert "| the run | 7.0 | 6.0 | 1.5 | 3.0 | 2 | 0.3 | 14 | 2 |" in page
    assert "forkserver" not in page


def test_the_page_has_the_dearest_clauses_first(suite: ModuleType) -> None:
    page = suite.page("some.backend", 2, [suite.Run("quick", report(*RESULTS), 7.0, 6.0)])
    dear = "| `raw.values-are-zeroed` | 4.00 | 88.9 % | 1.00 | 3.00 | 10 |"
    assert f"{dear}\n| `copy.is-shared` |" in page
