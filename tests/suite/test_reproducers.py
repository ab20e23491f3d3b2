"""A reproducer exits with status 1 on the backend that it accuses, and with 0 on one without fault.

One of each kind of evidence is tried here; `python -m reproducing` tries many.
"""

import ast
import importlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sharedctypes_conformance import checks, strategies
from sharedctypes_conformance.backends import REFERENCE, STANDARD_LIBRARY
from sharedctypes_conformance.reproducers import running
from sharedctypes_conformance.reproducers.allowed_names import ALLOWED_NAMES
from sharedctypes_conformance.reproducers.reading import NoReproducer, Reader
from sharedctypes_conformance.reproducers.running import Outcome
from sharedctypes_conformance.reproducers.script import Story, script_of
from sharedctypes_conformance.stage.probing import probe
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.verdicts.model import Evidence, Result, Standing, Verdict

from .judging import judge, stage_for
from .running import environment, tool

KINDS = {
    "an outcome": ("wrapper.slice_ignores_its_step", "wrapper.slicing-matches-object", "fail"),
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


@cache
def result_of(liar: str, clause: str) -> Result:
    lies_under = getattr(importlib.import_module(f"liars.{liar}"), "START_METHODS", ("fork",))
    method = "fork" if "fork" in lies_under else lies_under[0]
    stage = stage_for(liar, method)
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    return Result(
        clause=clause,
        grade="MUST",
        backend=f"liars.{liar}",
        interpreter=sys.executable,
        start_method=method,
        verdict=judgement.verdict,
        standing=Standing.UNEXPECTED,
        message=judgement.message,
        evidence=judgement.evidence,
    )


def story_about(liar: str, clause: str) -> Story:
    return Story(result_of(liar, clause), "multiprocessing", "an interpreter")


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


def hostile(**evidence: Any) -> Story:
    story = story_about(*KINDS["an outcome"][:2])
    return replace(story, result=story.result.model_copy(update={"evidence": Evidence(**evidence)}))


def call(function: str, *args: Any) -> dict[str, Any]:
    does = {"call": {"name": function}, "args": [*args], "keywords": {}}
    return {"by": 1, "name": "creator", "does": does, "returned": 3}


STAR_IMPORT = {"name": "sharedctypes_actors.objects.module_surface.star_import"}


@pytest.mark.parametrize(
    "step",
    [
        call("os.system", "touch harm"),
        call("builtins.eval", "1"),
        call("builtins.getattr", {"name": "builtins.len"}, "__self__"),
        call("sharedctypes_actors.runtime.serve.resolve_name", "os.system"),
        call("sharedctypes_actors.runtime.calls.call_method", {"name": "builtins.len"}, "__call__"),
        call("builtins.getattr", {"name": "builtins.len"}, "reducer"),
        call("builtins.getattr", {"type": "c_int"}, "from_address"),
        call("sharedctypes_actors.objects.contexts.part_of", "os", "system"),
        call("sharedctypes_actors.objects.contexts.part_of", "multiprocessing", "os"),
        call("sharedctypes_actors.objects.module_surface.star_import", "os import path; harm"),
        call("sharedctypes_actors.threads.board.Board", "setup.py", 0, 2),
        call(
            "sharedctypes_actors.runtime.batches.play",
            {"name": "builtins.len"},
            {"list": [{"tuple": [{"name": "builtins.getattr"}, {"tuple": ["__globals__"]}]}]},
        ),
        # A function that may be called only with some names is no value for another one to call.
        call("sharedctypes_actors.runtime.memory.contents_of_made", STAR_IMPORT, "os import path"),
        call("builtins.max", {"list": ["os"]}, {"tuple": [STAR_IMPORT]}),
        call("builtins.len(\nimport os"),
        call("builtins.len", {"literal": "__import__('os')"}),
        call("builtins.len", {"type": "c_int) or harm("}),
        call("builtins.len", {"record": "runtime.records.find", "parts": []}),
        {"by": "1", "does": {}},
        {"by": 1, "name": "creator"},
        [],
        None,
    ],
    ids=str,
)
def test_a_report_cannot_have_anything_else_written(step: Any) -> None:
    with pytest.raises(NoReproducer):
        script_of(hostile(steps=(step,)))


# A text that the program would put together, which nobody can look at.
MADE = {"object": 7, "kind": "builtins.str", "attribute": ""}
PUT_TOGETHER = {**call("operator.concat", "o", "s"), "returned": MADE}
PLAY = "sharedctypes_actors.runtime.batches.play"


@pytest.mark.parametrize(
    "step",
    [
        call("sharedctypes_actors.objects.contexts.part_of", MADE, "Lock"),
        call("sharedctypes_actors.objects.contexts.part_of", {"list": [MADE]}, "Lock"),
        call("builtins.getattr", {"name": "builtins.len"}, MADE),
        call("sharedctypes_actors.runtime.calls.call_method", MADE, MADE),
        call("sharedctypes_actors.runtime.parts.read_at", MADE, {"list": [MADE]}),
        call("sharedctypes_actors.runtime.parts.read_at", MADE, MADE),
        call(PLAY, MADE, {"list": [{"tuple": [{"name": "builtins.getattr"}, {"tuple": [MADE]}]}]}),
        call(
            PLAY,
            MADE,
            {
                "list": [
                    {
                        "tuple": [
                            {"name": "sharedctypes_actors.runtime.parts.assign_at"},
                            {"tuple": [MADE, 1]},
                        ]
                    }
                ]
            },
        ),
    ],
    ids=str,
)
def test_a_name_is_not_put_together(step: Any) -> None:
    with pytest.raises(NoReproducer):
        Reader("multiprocessing.sharedctypes", "multiprocessing").steps([PUT_TOGETHER, step])


def test_what_follows_a_path_may_be_passed() -> None:
    assign = {
        "tuple": [
            {"name": "sharedctypes_actors.runtime.parts.assign_at"},
            {"tuple": [{"list": ["x", 0]}, 1]},
        ]
    }
    step = call(PLAY, MADE, {"list": [assign]})
    assert Reader("multiprocessing.sharedctypes", "multiprocessing").steps([PUT_TOGETHER, step])


NEW = {"tuple": [{"name": "builtins.getattr"}, {"tuple": ["reducer"]}, "a list"]}


@pytest.mark.parametrize(
    "does",
    [
        {"args": [{"name": "builtins.getattr"}, {"list": [{"tuple": ["reducer"]}]}]},
        {"args": [STAR_IMPORT, "os import path"]},
        {"start": 2, "name": "child", "inherits": [], "new": [NEW]},
    ],
    ids=str,
)
def test_an_object_is_passed_no_function_that_leads_further(does: dict[str, Any]) -> None:
    called = {"object": 7, "kind": "builtins.method", "attribute": ""}
    step: Any = {"by": 1, "name": "creator", "does": {"call": called, "keywords": {}, **does}}
    with pytest.raises(NoReproducer, match=r"passes|makes"):
        Reader("multiprocessing.sharedctypes", "multiprocessing").steps([step])


def test_texts_of_a_report_stay_texts() -> None:
    step = call("builtins.len", "x")
    step["name"] = 'creator"""\nimport os; os.abort()\n"""'
    step["told"] = "o1 = 1\nimport os"
    story = hostile(steps=(step,))
    message = "seen\n\"\"\"\nraise SystemExit(1)\n''' \\"
    story = replace(story, result=story.result.model_copy(update={"message": message}))
    tree = ast.parse(script_of(story))
    assert not [node for node in tree.body if isinstance(node, ast.Raise)]
    assert "abort" not in ast.unparse(tree)


# They take a number of a process, or the name of a module, that a report could choose.
NEVER_NAMED = {"importlib.import_module", "os.getpgid", "os.kill"}
# No functions: a way to end, and exceptions and classes that are compared with.
COMPARED = {"sys.exit", "builtins.builtin_function_or_method", "builtins.method"}


def dotted_names_in(source: str) -> set[str]:
    """Return the names of the standard library that a module has as texts."""
    texts = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {
        text
        for text in texts
        if re.fullmatch(r"[a-z_]+\.\w+", text) and text.partition(".")[0] in sys.stdlib_module_names
    }


def test_what_checks_call_may_be_named() -> None:
    folders = [Path(checks.__file__).parent, Path(strategies.__file__).parent]
    sources = [path for folder in folders for path in folder.rglob("*.py")]
    called: set[str] = set()
    for path in sources:
        if "programs" not in path.parts:
            called |= dotted_names_in(path.read_text("utf-8"))
    exceptions = {name for name in called if name.endswith("Error")}
    exceptions |= {name for name in called if name == "builtins.KeyboardInterrupt"}
    assert called - exceptions - COMPARED - NEVER_NAMED <= ALLOWED_NAMES


@pytest.mark.parametrize("name", ["a b", "a;b", "import", "", "a..b"])
def test_names_of_modules_are_names(name: str) -> None:
    with pytest.raises(NoReproducer):
        Reader(name, "multiprocessing")


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
