"""Functions of the actors that take their time by design are marked as `long_running`."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import sharedctypes_conformance
from sharedctypes_conformance.actors.runtime import calls
from sharedctypes_conformance.stage.names import name_of

SUITE = Path(sharedctypes_conformance.__file__).parent
ACTORS = SUITE / "actors"

# How a function starts processes or asks for their end.
WAITING = {"Process", "Pool", "ProcessPoolExecutor", "Popen", "Manager", "fork", "exitcode"}


def _calls(body: ast.AST) -> Iterator[str]:
    """Yield what is named in a piece of code: what it calls, or gives to others to call."""
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute):
            yield node.attr
            if isinstance(node.value, ast.Name):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield node.id


class Module:
    def __init__(self, file: Path) -> None:
        tree = ast.parse(file.read_text("utf-8"))
        relative = file.relative_to(SUITE).with_suffix("")
        self.name = ".".join(relative.parts)
        self.functions = {
            node.name: set(_calls(node))
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        # From a local name to `module` or `module.function`, below the suite.
        self.imported: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                package = [*relative.parts[: -node.level], *filter(None, [node.module])]
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = ".".join([*package, alias.name])
        self.used = set(_calls(tree))

    def resolve(self, name: str) -> str:
        """Return a name as it is used here from the suite's root; unknown names as they are."""
        first, _, rest = name.partition(".")
        if first in self.functions:
            return f"{self.name}.{name}"
        if first in self.imported:
            return ".".join(filter(None, [self.imported[first], rest]))
        return name


def _modules(folder: Path) -> list[Module]:
    return [Module(file) for file in folder.rglob("*.py")]


def _waiting() -> set[str]:
    """Return what waits for processes among the functions and classes of the actors."""
    called = {
        f"{module.name}.{name}": {module.resolve(call) for call in calls}
        for module in _modules(ACTORS)
        for name, calls in module.functions.items()
    }
    waiting = {name for name, calls in called.items() if calls & WAITING}
    while True:
        more = {name for name, calls in called.items() if calls & waiting} - waiting
        if not more:
            return waiting
        waiting |= more


def _used_by_the_suite() -> set[str]:
    """Return what the suite uses of the actors."""
    return {
        module.resolve(name)
        for module in _modules(SUITE)
        if not module.name.startswith("actors")
        for name in module.used
    }


def test_what_waits_for_processes_is_marked_as_long_running() -> None:
    waiting = _waiting() & _used_by_the_suite()
    assert "actors.scenarios.killed_processes.left_by_killed_holder" in waiting
    unmarked = {name for name in waiting if not name_of(_function(name)).long_running}
    assert unmarked == set()


def test_other_functions_are_not_marked() -> None:
    assert not name_of(calls.is_same).long_running
    assert not name_of("time.sleep").long_running


def _function(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    found: object = getattr(import_module(f"{SUITE.name}.{module}"), attribute)
    return found
