"""Runs CPython's tests on a backend, in a process of its own: `python -m cpython REPORT [NAME...]`.

The backend and the start method stand in the environment, and what came of each test is written
to the file REPORT as JSON. The tests that are named cannot be applied, and are only listed there.
That this is the `__main__` of a package spares the children: they do not import it.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import unittest
from pathlib import Path
from typing import Any

from .cases import CASES, theirs
from .substitution import calls


class Recorder(unittest.TestResult):
    """What came of each test: its outcome, what it said and called, and its start method."""

    def __init__(self) -> None:
        super().__init__()
        self.tests: dict[str, dict[str, Any]] = {}
        self.method = ""

    def startTest(self, test: Any) -> None:
        calls.clear()
        self.method = multiprocessing.get_start_method()
        super().startTest(test)

    def record(self, test: Any, outcome: str, said: str = "") -> None:
        self.tests[test.id()] = {
            "outcome": outcome,
            "said": said,
            "calls": dict(calls),
            "method": self.method,
        }

    def addSuccess(self, test: Any) -> None:
        self.record(test, "passed")

    def addSkip(self, test: Any, reason: str) -> None:
        self.record(test, "skipped", reason)

    def addFailure(self, test: Any, err: Any) -> None:
        super().addFailure(test, err)
        self.record(test, "failed", self.failures[-1][1])

    def addError(self, test: Any, err: Any) -> None:
        super().addError(test, err)
        self.record(test, "failed", self.errors[-1][1])


def main(report: Path, not_applicable: list[str]) -> None:
    recorder = Recorder()
    suite = unittest.TestSuite()
    names = {}
    left_out = {}
    for name, cls in CASES.items():
        for method in unittest.TestLoader().getTestCaseNames(cls):
            case = cls(method)
            names[case.id()] = full = f"{name}.{method}"
            if full in not_applicable:
                left_out[full] = {"outcome": "not applicable"}
            else:
                suite.addTest(case)
    suite.run(recorder)
    # What fails for a whole class is recorded too, under a name that is no test's.
    tests = left_out | {names.get(key, key): what for key, what in recorder.tests.items()}
    # Theirs, set where a test leaves processes or threads behind.
    altered = theirs.support.environment_altered
    report.write_text(json.dumps({"tests": tests, "altered": altered}))


main(Path(sys.argv[1]), sys.argv[2:])
