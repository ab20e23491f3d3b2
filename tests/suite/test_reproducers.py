"""A reproducer exits with status 1 on the backend that it accuses, and with 0 on one without fault.

One of each kind of evidence is tried here; `python -m reproducing` tries many.
"""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from sharedctypes_conformance.backends import REFERENCE, STANDARD_LIBRARY
from sharedctypes_conformance.reproducers import running
from sharedctypes_conformance.reproducers.running import Outcome
from sharedctypes_conformance.reproducers.script import Story, script_of
from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Result, Verdict

from .judging import judge
from .running import environment, tool
from .stories import AN_OUTCOME, call, hostile, result_of, story_about

KINDS = {
    "an outcome": (*AN_OUTCOME, "fail"),
    "processes": (
        "seed.children_keep_strings_to_themselves",
        "seed.child-write-to-string-reaches-parent",
        "fail",
    ),
    "a crash": ("seed.segfaults_in_value", "seed.child-write-to-value-reaches-parent", "crash"),
    "a hang": ("seed.sleeps_in_acquire", "seed.child-write-to-value-reaches-parent", "hang"),
    "a leak": ("leak.temporary_files_stay", "leak.exit-leaves-no-files", "leak"),
    "a program": ("fault.crashes_after_a_plain_fork", "fault.os-fork-corrupts-nothing", "fail"),
    "an object dropped before others are made": (
        "lifetime.arguments_are_dropped_at_the_start",
        "lifetime.objects-dropped-by-parent-survive-in-children",
        "fail",
    ),
    "a program that its children import": (
        "lifetime.memory_is_freed_at_exit",
        "lifetime.objects-of-ending-program-reach-its-children",
        "fail",
    ),
    "a program that prints a line in parts": (
        "sharing.main_module_types_become_twins",
        "sharing.main-module-types-are-shared",
        "fail",
    ),
    "a process that another saw die": (
        "sharing.rows_crash_children",
        "sharing.any-type-is-shared-or-start-raises",
        "crash",
    ),
    "a creator that is killed": (
        "lifetime.is_found_through_its_creator",
        "lifetime.objects-survive-killed-creator",
        "crash",
    ),
    "a life with a child that is killed": (
        "lifecycle.copies_follow_a_killed_child",
        "lifecycle.writes-reach-every-process",
        "fail",
    ),
    "a life": (
        "lifecycle.dropped_wrappers_release_their_lock",
        "lifecycle.locks-exclude",
        "fail",
    ),
}


def status(script: str, module: str, folder: Path, method: str = "fork") -> tuple[int, str]:
    path = folder / "reproducer.py"
    path.write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, str(path), method, module],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=200,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_reproducer_tells_a_liar_from_the_reference(kind: str, tmp_path: Path) -> None:
    liar, clause, verdict = KINDS[kind]
    story = story_about(liar, clause)
    assert story.kind == verdict
    script = script_of(story)
    method = story.result.start_method
    code, said = status(script, f"liars.{liar}", tmp_path, method)
    assert (code, "should be:" in said or "as then" in said) == (1, True), said
    assert status(script, "sharedctypes_reference", tmp_path, method)[0] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_reproducer_imports_nothing_but_the_backend_and_the_standard_library(kind: str) -> None:
    liar, clause, _ = KINDS[kind]
    tree = ast.parse(script_of(story_about(liar, clause)), feature_version=(3, 8))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_default_locks_are_of_the_start_method(tmp_path: Path) -> None:
    """Only with a start method that needs a tracker does the standard library show this."""
    clause = "fault.works-without-error-descriptor"
    stage = Stage(probe(sys.executable, STANDARD_LIBRARY, {}).target("spawn"))
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    made = {"clause": clause, "backend": STANDARD_LIBRARY, "start_method": "spawn"}
    seen = {"message": judgement.message, "evidence": judgement.evidence}
    result = story_about(*KINDS["an outcome"][:2]).result.model_copy(update={**made, **seen})
    script = script_of(Story(result, "multiprocessing", "an interpreter"))
    assert status(script, STANDARD_LIBRARY, tmp_path, "spawn")[0] == 1
    assert status(script, STANDARD_LIBRARY, tmp_path, "fork")[0] == 0


def test_an_absent_backend_is_no_defect(tmp_path: Path) -> None:
    script = script_of(story_about(*KINDS["an outcome"][:2]))
    assert status(script, "no_such_module", tmp_path)[0] == 2


def report_with(result: Result, folder: Path) -> Path:
    data = {
        "format": 1,
        "suite_version": "0",
        "started": "",
        "seconds": 0,
        "complete": True,
        "profile": "quick",
        "seed": 0,
        "subjects": [],
        "results": [json.loads(result.model_dump_json())],
    }
    path = folder / "report.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_command_runs_what_it_prints(tmp_path: Path) -> None:
    liar, clause, _ = KINDS["an outcome"]
    report = report_with(result_of(liar, clause), tmp_path)
    done = tool("reproduce", clause, "--report", str(report), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, script_of(story_about(liar, clause)))
    assert "reproduces" in done.stderr
    assert "with the reference implementation: does not reproduce" in done.stderr


def test_a_race_that_was_lost_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def run(script: str, story: Story, python: str, module: str) -> tuple[Outcome, str]:
        ran.append(module)
        return (Outcome.REPRODUCES if len(ran) == 3 else Outcome.NOT), ""

    monkeypatch.setattr(running, "_run", run)
    story = story_about(*KINDS["an outcome"][:2])
    attempt = running.tried(story, sys.executable)
    assert (attempt.outcome, attempt.control) == (Outcome.REPRODUCES, Outcome.NOT)
    assert ran == [story.result.backend] * 3 + [REFERENCE] * 3


def test_command_writes_a_file_and_runs_nothing(tmp_path: Path) -> None:
    liar, clause, _ = KINDS["an outcome"]
    report = report_with(result_of(liar, clause), tmp_path)
    arguments = (clause, "--report", str(report), "--no-run", "--output", "shown.py")
    done = tool("reproduce", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote shown.py\n")
    assert (tmp_path / "shown.py").read_text() == script_of(story_about(liar, clause))


def test_command_runs_it_in_the_interpreter_that_is_given(
    other_python: str, tmp_path: Path
) -> None:
    liar, clause, _ = KINDS["an outcome"]
    report = report_with(result_of(liar, clause), tmp_path)
    arguments = ("reproduce", clause, "--report", str(report), "--python")
    done = tool(*arguments, other_python, cwd=tmp_path)
    assert (done.returncode, f"(by {other_python})" in done.stderr) == (0, True), done.stderr
    done = tool(*arguments, "python2.5", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sharedctypes-conformance: no interpreter 'python2.5': give ")


def test_command_names_the_page_of_a_known_defect(tmp_path: Path) -> None:
    clause = "raw.short-initializers-leave-zeros"
    story = hostile(steps=(call("builtins.len", "x"),))
    update = {"clause": clause, "backend": "multiprocessing.sharedctypes"}
    report = report_with(story.result.model_copy(update=update), tmp_path)
    done = tool("reproduce", clause, "--report", str(report), "--no-run", cwd=tmp_path)
    assert "reports/defects/short-initializer-shows-old-memory.md" in done.stderr


def test_command_refuses_in_one_sentence(tmp_path: Path) -> None:
    _, clause, _ = KINDS["an outcome"]
    story = hostile(steps=(call("os.system", "x"),))
    report = report_with(story.result, tmp_path)
    done = tool("reproduce", clause, "--report", str(report), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "sharedctypes-conformance: no reproducer can be written: no reproducer may use "
        "'os.system'\n"
    )
    passed = story.result.model_copy(update={"verdict": Verdict.PASS})
    report = report_with(passed, tmp_path)
    assert tool("reproduce", clause, "--report", str(report), cwd=tmp_path).returncode == 2
