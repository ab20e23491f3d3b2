"""The loop of somebody who mends a backend: stop at the first finding, judge what failed again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st

from sharedctypes_conformance.checks.kit.check import Check
from sharedctypes_conformance.judging.judge import judge
from sharedctypes_conformance.stage.findings import NotKept
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Verdict

from .judging import probe_liar
from .running import report_in, tool

MENDED = "from sharedctypes_reference import Array, RawArray, RawValue, Value, copy, synchronized\n"
BROKEN = f"""
{MENDED}
import ctypes

def RawValue(typecode_or_type, *args, make=RawValue):
    made = make(typecode_or_type, *args)
    ctypes.memset(ctypes.addressof(made), 1, 0 if args else 1)
    return made
"""
ASKED = ("--start-method", "fork", "--area", "raw", "--profile", "quick", "-n", "0")


def run(folder: Path, text: str, *options: str) -> tuple[int, str]:
    """Judge a backend of that source; return exit status and output."""
    (folder / "some_backend.py").write_text(text)
    done = tool("run", "--backend", "some_backend", *options, cwd=folder, PYTHONPATH=str(folder))
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(probe_liar("honest.plain").target("fork"))
    yield stage
    stage.close()


def test_the_smallest_example_is_run_first_when_it_is_judged_again(stage: Stage) -> None:
    ran: list[list[int]] = []
    limit = 100

    def body(stage: Stage, numbers: list[int]) -> None:
        ran.append(numbers)
        if sum(numbers) > limit:
            raise NotKept("it is too much")

    check = Check("area.name", body, {"numbers": st.lists(st.integers(0, 1000))})
    evidence = judge(stage, check, "default").evidence
    assert evidence is not None
    ran.clear()
    again = judge(stage, check, "default", choices=evidence.choices)
    assert ran[0] == [101]
    assert again.evidence is not None
    assert again.evidence.example == "numbers=[101]"
    # Where it is mended, that example passes and others are drawn.
    limit = 10**9
    ran.clear()
    assert judge(stage, check, "default", choices=evidence.choices).verdict is Verdict.PASS
    assert ran[0] == [101]
    assert len(ran) > 10


@pytest.mark.parametrize("choices", ["no base64", "AAAA", "gICA", "//8="])
def test_choices_that_are_none_are_ignored(stage: Stage, choices: str) -> None:
    ran = []
    check = Check("area.name", lambda _, n: ran.append(n), {"n": st.text()})
    assert judge(stage, check, "quick", choices=choices).verdict is Verdict.PASS
    assert len(ran) >= 2


def test_a_run_stops_at_the_first_finding(tmp_path: Path) -> None:
    status, printed = run(tmp_path, BROKEN, *ASKED, "-x")
    assert status == 1
    report = report_in(tmp_path)
    assert not report["complete"]
    assert not report["problems"]
    assert [one["standing"] for one in report["results"]].count("unexpected") == 1
    assert "Stopped at the first finding" in printed
    # What was not judged can still be.
    status, _ = run(tmp_path, BROKEN, *ASKED, "--resume")
    assert status == 1
    assert report_in(tmp_path)["complete"]
    assert len(report_in(tmp_path)["results"]) > len(report["results"])


def test_only_what_failed_is_judged_again(tmp_path: Path) -> None:
    status, _ = run(tmp_path, BROKEN, *ASKED, "--seed", "3")
    assert status == 1
    results = report_in(tmp_path)["results"]
    failed = {one["clause"] for one in results if one["verdict"] == "fail"}
    assert 0 < len(failed) < len(results)
    written = str(tmp_path / "conformance-report/report.json")
    for text, wanted in ((BROKEN, 1), (MENDED, 0)):
        status, _ = run(tmp_path, text, "-n", "0", "--again", written)
        assert status == wanted
        report = report_in(tmp_path)
        assert {one["clause"] for one in report["results"]} == failed
        assert (report["profile"], report["seed"]) == ("quick", 3)
    status, printed = run(tmp_path, MENDED, "--again", written)
    assert status == 2
    assert "nothing to judge again" in printed
