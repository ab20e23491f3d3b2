"""The folder of a report: results as they come, a run after a killed one, two runs at once."""

import signal
from pathlib import Path

import pytest

from sharedctypes_conformance.judging import run
from sharedctypes_conformance.selection import select
from sharedctypes_conformance.verdicts.folder import FolderError, ReportFolder
from sharedctypes_conformance.verdicts.model import Report, Result, Standing, Verdict
from sharedctypes_conformance.verdicts.reading import read_report

from .running import STANDARD, report_in, tool
from .test_ended_runs import signalled

RESULT = Result(
    clause="area.id",
    grade="MUST",
    backend="some",
    interpreter="python",
    start_method="fork",
    verdict=Verdict.PASS,
    standing=Standing.EXPECTED,
)
REPORT = Report(
    suite_version="1",
    started="now",
    seconds=0,
    complete=False,
    profile="quick",
    seed=0,
    subjects=(),
    results=(),
)

JUDGED = ("--area", "raw", "--start-method", "spawn", "--profile", "quick")


def judge_more(folder: Path, *options: str) -> tuple[int, str]:
    """Resume the run that was ended in a folder; return exit status and output."""
    done = tool(
        *("run", "--backend", STANDARD, *JUDGED, "-n", "0"),
        *("--resume", *options),
        cwd=folder,
    )
    return done.returncode, done.stdout + done.stderr


def has_results(folder: Path) -> bool:
    """Return whether a run has written some results."""
    journal = folder / "conformance-report" / "report.jsonl"
    return journal.exists() and journal.read_text().count("\n") > 3


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_ended_run_can_be_read_and_resumed(tmp_path: Path, number: signal.Signals) -> None:
    signalled(number, STANDARD, "0", tmp_path, *JUDGED, when=lambda _: has_results(tmp_path))
    folder = tmp_path / "conformance-report"
    name = "report.jsonl" if number == signal.SIGKILL else "report.json"
    ended = read_report(folder / name)
    assert len(ended.results) >= 3
    assert not ended.complete
    explained = tool(
        "explain", ended.results[0].clause, "--report", f"{folder / name}", cwd=tmp_path
    )
    assert "incomplete" in explained.stdout + explained.stderr

    status, printed = judge_more(tmp_path)
    assert status == 0, printed
    report = read_report(folder / "report.json")
    assert report.complete
    assert report.started == ended.started
    cells = [(result.clause, *result.cell) for result in report.results]
    assert len(set(cells)) == len(cells) > len(ended.results)
    assert {(result.clause, result.seconds) for result in ended.results} <= {
        (result.clause, result.seconds) for result in report.results
    }
    assert [path.name for path in folder.iterdir()] == ["report.json"]

    # All is judged, so nothing is left to do.
    assert judge_more(tmp_path)[0] == 0
    assert report_in(tmp_path)["results"] == report.model_dump(mode="json")["results"]

    status, printed = judge_more(tmp_path, "--seed", "3")
    assert status == 2
    assert "cannot resume: the seed of the report: none; asked for: 3" in printed.replace("\n", " ")
    assert read_report(folder / "report.json").results == report.results


def test_without_an_earlier_run_resume_begins_one(tmp_path: Path) -> None:
    judged = ("--backend", STANDARD, "--clause", "raw.values-are-zeroed", "--resume")
    done = tool("run", *judged, "--start-method", "fork", "-n", "0", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(report_in(tmp_path)["results"]) == 1


def test_the_end_of_a_killed_write_is_left_out(tmp_path: Path) -> None:
    with ReportFolder(tmp_path) as folder:
        folder.begin(REPORT)
        folder.add(RESULT)
        path = tmp_path / "report.jsonl"
        path.write_text(path.read_text() + RESULT.model_dump_json()[:50])
        assert read_report(path).results == (RESULT,)


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with ReportFolder(tmp_path) as folder:
        folder.begin(REPORT)
        done = tool("run", "--backend", STANDARD, "--report-dir", f"{tmp_path}", cwd=tmp_path)
        assert done.returncode == 2
        assert "another run is writing its report into" in done.stderr
        assert read_report(tmp_path / "report.jsonl") == REPORT
        folder.end(REPORT)
    with ReportFolder(tmp_path) as folder:
        assert folder.earlier() == REPORT


def test_a_folder_in_which_nothing_is_judged_is_removed(tmp_path: Path) -> None:
    with ReportFolder(tmp_path / "new" / "report"):
        pass
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="give another folder"):
        ReportFolder(tmp_path / "file")


def test_a_full_disk_does_not_end_a_run(tmp_path: Path) -> None:
    with ReportFolder(tmp_path) as folder:
        folder.begin(REPORT)
        folder._journal.close()
        folder._journal = open("/dev/full", "a", encoding="utf-8")  # noqa: SIM115 - the folder closes it
        folder.add(RESULT)
        assert folder.end(REPORT).exists()


def test_there_are_no_more_workers_than_tests(tmp_path: Path) -> None:
    one = select([STANDARD], clauses=["raw.values-are-zeroed"], start_methods=["fork"])
    assert "-n" not in run._arguments(99, one, tmp_path)
    three = select([STANDARD], clauses=["raw.values-are-zeroed"])
    arguments = run._arguments(99, three, tmp_path)
    assert arguments[arguments.index("-n") + 1] == "3"
