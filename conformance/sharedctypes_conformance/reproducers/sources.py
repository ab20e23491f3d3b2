"""The source of functions of the actors, with all that they use, as part of one file.

What is used of several modules becomes one: imports between them are resolved, and a name that two
of them have gets that of its module in front. Annotations are left out, and decorators that only
the suite needs.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .. import actors
from .reading import NoReproducer

_ROOT = Path(actors.__file__).parent
_PACKAGE = actors.__name__

# Decorators by which the suite knows its own functions.
_OF_THE_SUITE = ("record", "long_running")

# What is something else where there is no actor.
_INSTEAD = {
    ("runtime.processes", "context"): "def context():\n    return mp",
    ("runtime.processes", "_context"): "_context = mp",
    ("runtime.processes", "new_lock"): "def new_lock(kind):\n    return getattr(mp, kind)()",
    # Types are defined in the script itself.
    ("runtime.type_names", "named"): (
        "def named(name):\n    return getattr(sys.modules[__name__], name)"
    ),
}

_Definition = ast.stmt


@dataclass
class _Module:
    """A module of the actors: its text, its definitions by name, and what it imports.

    `modules` are imported modules of the actors by their name here, `others` what was imported of
    them, `imports` the statements that import anything else.
    """

    name: str
    text: bytes
    definitions: dict[str, _Definition] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    others: dict[str, tuple[str, str]] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def starts(self) -> list[int]:
        """Return where each line starts."""
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts


@cache
def _module(name: str) -> _Module | None:
    """Return a module by its name below the package, None if there is none."""
    path = _ROOT.joinpath(*name.split(".")).with_suffix(".py")
    if not path.is_file():
        return None
    text = path.read_bytes()
    module = _Module(name, text)
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            _read_import(module, statement)
        else:
            for defined in _defined_by(statement):
                module.definitions.setdefault(defined, statement)
    return module


def _defined_by(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign() | ast.AnnAssign():
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id
        case ast.If() | ast.Try() | ast.With() | ast.For():
            for inner in ast.iter_child_nodes(statement):
                if isinstance(inner, ast.stmt):
                    yield from _defined_by(inner)


def _read_import(module: _Module, statement: ast.Import | ast.ImportFrom) -> None:
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            known_as = alias.asname or alias.name.partition(".")[0]
            renamed = f" as {alias.asname}" if alias.asname else ""
            module.imports[known_as] = f"import {alias.name}{renamed}"
        return
    if not statement.level:
        for alias in statement.names:
            renamed = f" as {alias.asname}" if alias.asname else ""
            line = f"from {statement.module} import {alias.name}{renamed}"
            module.imports[alias.asname or alias.name] = line
        return
    package = f"{_PACKAGE}.{module.name}".rpartition(".")[0]
    where = importlib.util.resolve_name("." * statement.level + (statement.module or ""), package)
    below = where.removeprefix(_PACKAGE).removeprefix(".")
    for alias in statement.names:
        inner = f"{below}.{alias.name}".removeprefix(".")
        if _ROOT.joinpath(*inner.split(".")).with_suffix(".py").is_file():
            module.modules[alias.asname or alias.name] = inner
        else:
            module.others[alias.asname or alias.name] = below, alias.name


class Sources:
    """Collects functions and what they use; `taken` are names that the script has already."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._names: dict[tuple[str, str], str] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self.imports: set[str] = set()

    def need(self, dotted: str) -> str:
        """Add what has a name below the package; return its name in the script.

        Raises NoReproducer if there is no such thing.
        """
        name, _, attribute = dotted.rpartition(".")
        module = _module(name)
        if module is None and "." in name and not attribute.startswith("_"):
            return f"{self.need(name)}.{attribute}"  # a method of a class
        if module is None or not (attribute in module.definitions or (name, attribute) in _INSTEAD):
            raise NoReproducer(f"this version has no {dotted!r}")
        return self._need(module, attribute)

    @property
    def text(self) -> str:
        """The definitions, each after those that it needs when it is read."""
        return "\n\n\n".join(self._texts.values())

    def _need(self, module: _Module, name: str) -> str:
        key = module.name, name
        if key in self._names:
            return self._names[key]
        own = name
        if own in self._taken:
            own = f"{module.name.rpartition('.')[2]}_{name}"
        self._taken.add(own)
        if key in _INSTEAD:
            self._names[key] = own
            self._texts[key] = _INSTEAD[key]
            return own
        statement = module.definitions[name]
        for defined in _defined_by(statement):
            self._names.setdefault((module.name, defined), own if defined == name else defined)
        text = _Rewriter(self, module, statement).text()
        self._texts[key] = text
        return own

    def resolve(self, module: _Module, name: str) -> str:
        """Return the name in the script of what a module calls so; the same if it is its own."""
        if name in module.definitions or (module.name, name) in _INSTEAD:
            return self._need(module, name)
        if name in module.others:
            where, attribute = module.others[name]
            other = _module(where)
            return self._need(other, attribute) if other else name
        if name in module.imports:
            line = module.imports[name]
            if not line.startswith("from typing import Any"):
                self.imports.add(line)
        return name

    def attribute(self, module: _Module, of: str, name: str, hidden: set[str]) -> str:
        """Return the name in the script of an attribute of a module of the actors.

        It is none of the names that are `hidden` where it is used.
        """
        other = _module(module.modules[of])
        if other is None or not (name in other.definitions or (other.name, name) in _INSTEAD):
            raise NoReproducer(f"{of}.{name} cannot be taken out of its module")
        own = self._need(other, name)
        if own not in hidden:
            return own
        alias = f"{of}_{name}"
        self._texts.setdefault(("", alias), f"{alias} = {own}")
        return alias


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


class _Rewriter(ast.NodeVisitor):
    """Writes a definition as it is in the script."""

    def __init__(self, sources: Sources, module: _Module, statement: ast.stmt) -> None:
        self._sources = sources
        self._module = module
        self._statement = statement
        self._starts = module.starts()
        self._edits: list[tuple[int, int, bytes]] = []
        self._renamed: dict[str, str] = {}

    def text(self) -> str:
        """Return the text of the definition."""
        start, end = self._place(self._statement)
        text = self._module.text
        decorators = getattr(self._statement, "decorator_list", [])
        for decorator in decorators:
            begin, after = self._place(decorator)
            if isinstance(decorator, ast.Name) and decorator.id in _OF_THE_SUITE:
                line_end = text.index(b"\n", after) + 1
                self._edits.append((begin - 1, line_end, b""))
            start = min(start, begin - 1)
        self.visit(self._statement)
        named = getattr(self._statement, "name", None)
        edited = text[start:end]
        for begin, after, instead in sorted(self._edits, reverse=True):
            edited = edited[: begin - start] + instead + edited[after - start :]
        result = edited.decode()
        own = self._sources._names[self._module.name, named] if named else None
        if named and own != named:
            result = re.sub(rf"^((?:.*\n)*?(?:def|class) ){named}\b", rf"\g<1>{own}", result)
        for old, new in self._renamed.items():
            result = re.sub(rf"(?m)^(\s+global .*)\b{old}\b", rf"\g<1>{new}", result)
        return result

    def _place(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.stmt | ast.expr | ast.arg)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self._module.modules:
            raise NoReproducer(f"{node.id} is used as a whole module")
        new = self._sources.resolve(self._module, node.id)
        if new != node.id:
            self._renamed[node.id] = new
            self._edits.append((*self._place(node), new.encode()))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id in self._module.modules:
            local = self._local_names()
            new = self._sources.attribute(self._module, node.value.id, node.attr, local)
            self._edits.append((*self._place(node), new.encode()))
        else:
            self.generic_visit(node)

    def _local_names(self) -> set[str]:
        """Return the names that a function assigns, which hide what is global."""
        nodes = [*ast.walk(self._statement)]
        stored = {one.id for one in nodes if isinstance(one, ast.Name) and _is_stored(one)}
        return stored | {one.arg for one in nodes if isinstance(one, ast.arg)}

    def visit_arg(self, node: ast.arg) -> None:
        if node.annotation:
            start, _ = self._place(node)
            self._edits.append((start + len(node.arg), self._place(node.annotation)[1], b""))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.returns:
            start, end = self._place(node.returns)
            arrow = self._module.text.rindex(b"->", 0, start)
            while self._module.text[arrow - 1 : arrow].isspace():
                arrow -= 1
            self._edits.append((arrow, end, b""))
        self.visit(node.args)
        for part in (*node.decorator_list, *node.body):
            if not (isinstance(part, ast.Name) and part.id in _OF_THE_SUITE):
                self.visit(part)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *node.keywords, *node.body):
            if not (isinstance(part, ast.Name) and part.id in _OF_THE_SUITE):
                self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        start, end = self._place(node.annotation)
        if node.value is not None:
            self.visit(node.value)
        if isinstance(self._statement, ast.ClassDef) and node in self._statement.body:
            # A field of a record: Python evaluates what it is, and asks no more of it.
            kind = node.annotation
            if not (isinstance(kind, ast.Name) and hasattr(builtins, kind.id)):
                self._edits.append((start, end, b"object"))
            return
        self.visit(node.target)
        if node.value is None:
            self._edits.append((*self._place(node), b"pass"))
        else:
            self._edits.append((self._place(node.target)[1], end, b""))
