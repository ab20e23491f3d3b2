"""A report for continuous integration, whose form nothing in the report can break."""

from pathlib import Path
from xml.etree import ElementTree

from sharedctypes_conformance.reports.for_ci import as_junit, github_annotations, github_summary
from sharedctypes_conformance.verdicts.model import Report, Result, Standing, Verdict

from .running import tool
from .subjects import subject
from .test_difference import report

CLAUSE = "wrapper.value-access-matches-object"


def report_with(*results: Result) -> Report:
    return report(subject(path="/python")).model_copy(update={"results": results})


def result(verdict: Verdict, standing: Standing, message: str = "", method: str = "fork") -> Result:
    return Result(
        clause=CLAUSE,
        grade="MUST",
        backend="some.backend",
        interpreter="/python",
        start_method=method,
        verdict=verdict,
        standing=standing,
        message=message,
        reason="we know" if standing is Standing.KNOWN else "",
    )


PASS = result(Verdict.PASS, Standing.EXPECTED)
EVIL = "a | b\n::error::<script>\x00\x1b[31m]]> & 100%\ud800"


def test_verdicts_become_outcomes_of_test_cases() -> None:
    made = report_with(
        PASS,
        result(Verdict.FAIL, Standing.UNEXPECTED, "it differs"),
        result(Verdict.HANG, Standing.KNOWN),
        result(Verdict.PASS, Standing.GONE),
        result(Verdict.INCONCLUSIVE, Standing.EXPECTED, "unseen"),
        result(Verdict.ERROR, Standing.UNEXPECTED, "KeyError: 1"),
    )
    suite = ElementTree.fromstring(as_junit(made))[0]
    assert [case[0].tag if len(case) else "" for case in suite] == [
        "",
        "failure",
        "skipped",
        "failure",
        "skipped",
        "error",
    ]
    counted = {name: suite.get(name) for name in ("tests", "failures", "skipped", "errors")}
    assert counted == {"tests": "6", "failures": "2", "skipped": "2", "errors": "1"}
    failure = suite[1][0]
    assert failure.get("message") == "fail: it differs"
    assert f"--clause {CLAUSE}" in (failure.text or "")


def test_start_methods_share_an_annotation() -> None:
    both = [
        result(Verdict.FAIL, Standing.UNEXPECTED, "it differs", method)
        for method in ("fork", "spawn")
    ]
    (line,) = github_annotations(report_with(PASS, *both))
    assert line == (
        f"::error title={CLAUSE}%3A fail (some.backend%2C fork%2C spawn)::fail: it differs"
    )
    assert f"| `{CLAUSE}` | fail | some.backend: fork, spawn | fail: it differs |" in (
        github_summary(report_with(*both))
    )


def test_texts_of_a_report_stay_texts() -> None:
    evil = report_with(result(Verdict.FAIL, Standing.UNEXPECTED, EVIL))
    (case,) = ElementTree.fromstring(as_junit(evil))[0]
    assert "<script>" in (case[0].get("message") or "")
    (line,) = github_annotations(evil)
    assert line.isprintable()
    (row,) = [line for line in github_summary(evil).splitlines() if "100%" in line]
    assert row.replace("\\|", "").count("|") == 5
    assert "<script>" not in row


def test_the_commands_print_them(tmp_path: Path) -> None:
    report_with(PASS, result(Verdict.FAIL, Standing.UNEXPECTED, "it differs")).write(tmp_path)
    done = tool("report", "junit", "report.json", cwd=tmp_path)
    assert ElementTree.fromstring(done.stdout).tag == "testsuites"
    done = tool("report", "github", "report.json", cwd=tmp_path, GITHUB_STEP_SUMMARY="summary.md")
    assert done.stdout.startswith("::error title=")
    assert "### sharedctypes-conformance" in (tmp_path / "summary.md").read_text()
    done = tool("report", "github", "none.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
