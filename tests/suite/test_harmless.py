"""What a report may have a reproducer do, and nothing else, whoever has sent it."""

import ast
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sharedctypes_conformance import checks, strategies
from sharedctypes_conformance.reproducers.allowed_names import ALLOWED_NAMES
from sharedctypes_conformance.reproducers.reading import NoReproducer, Reader
from sharedctypes_conformance.reproducers.script import script_of

from .stories import call, hostile

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
