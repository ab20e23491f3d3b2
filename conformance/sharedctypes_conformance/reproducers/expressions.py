"""Operations of the history as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .harmless import ACTORS
from .reading import Call, Function, NoReproducer, Object, Record, Type
from .sources import Sources
from .types import Types

_METHODS = ("builtins.method", "builtins.builtin_function_or_method", "builtins.method-wrapper")
_IDENTIFIER = re.compile(r"[A-Za-z]\w*", re.ASCII)


class Expressions:
    """Turns calls into expressions, and gives a name to each object."""

    def __init__(self, backend: str, method: str, sources: Sources, types: Types) -> None:
        self.backend = backend
        self.sources = sources
        self.types = types
        self.imports: set[str] = set()
        self._method = method
        # How each object is referred to: by a variable, or as a part of another one.
        self._names: dict[int, str] = {}
        self._counts: dict[str, int] = {}
        self._made_by_backend: set[str] = set()

    def knows(self, obj: Object) -> bool:
        """Return whether an object has been made."""
        return obj.number in self._names

    def name(self, obj: Object) -> str:
        """Return how the script refers to an object; raises NoReproducer if it never made it."""
        if obj.number not in self._names:
            raise NoReproducer("its evidence uses an object, and does not say how it was made")
        return self._names[obj.number]

    def title(self, wanted: str) -> str:
        """Return a name for a process that no other one has."""
        taken = self._counts.get(f"process {wanted}", 0)
        self._counts[f"process {wanted}"] = taken + 1
        return f"{wanted} {taken + 1}" if taken else wanted

    def variable_of(self, number: int) -> str:
        """Return the variable for an object that the backend made; "" if there is none."""
        name = self._names.get(number, "")
        return name if name in self._made_by_backend else ""

    def is_of_backend(self, call: Call) -> bool:
        """Return whether a call is one of the backend's functions."""
        return self._is_of_backend(call.function)

    def may_make(self, call: Call) -> bool:
        """Return whether a call may make objects: it is, or is given, one of these functions."""
        return any(map(self._is_of_backend, _parts_of([call.function, call.args, call.keywords])))

    def _is_of_backend(self, value: object) -> bool:
        return isinstance(value, Function) and value.dotted.startswith(f"{self.backend}.")

    def call_it(self, obj: Object, name: str) -> None:
        """Have an object referred to in this way."""
        self._names[obj.number] = name

    def new_name(self, what: str) -> str:
        """Return a name for a variable, after what is in it."""
        word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", what.rpartition(".")[2]).lower()
        word = re.sub(r"_array(_\d+)+$", "_array", re.sub(r"\W|__\w*", "", word))
        if not _IDENTIFIER.fullmatch(word) or len(word) > 24:
            word = "obj"
        self._counts[word] = self._counts.get(word, 0) + 1
        return f"{word}_{self._counts[word]}"

    def name_of_result(self, call: Call, obj: Object) -> str:
        """Return a new variable for what a call returned."""
        if not (self.is_of_backend(call) and isinstance(call.function, Function)):
            return self.new_name(obj.kind)
        name = self.new_name(call.function.dotted)
        self._made_by_backend.add(name)
        return name

    def is_bound_method(self, call: Call, returned: Any) -> bool:
        """Return whether a call only fetches a method, as it has to before it can be called."""
        fetches = call.function == Function("builtins.getattr")
        return fetches and isinstance(returned, Object) and returned.kind in _METHODS

    def code(self, call: Call) -> str:
        """Return a call as an expression; an assignment as a call that makes it."""
        name = self._dotted(call)
        args = [self.value(arg) for arg in call.args]
        match name, args:
            case "builtins.getattr", [obj, _] if str(call.args[1]).isidentifier():
                return f"{obj}.{call.args[1]}"
            case "operator.getitem", [obj, _]:
                return f"{obj}[{self._index(call.args[1])}]"
            case "operator.contains", [obj, value]:
                return f"{value} in {obj}"
            case "objects.contexts.part_of", [_, _] if call.args[0] != self.backend:
                part_of = self.sources.need("objects.contexts.part_of")
                return f"{part_of}(contexts_of(MODULE).__name__, {args[1]})"
            case "runtime.processes.new_lock", [_]:
                return f"mp.{call.args[0]}()"
            case "runtime.calls.call_method", [obj, _, *rest] if str(call.args[1]).isidentifier():
                return f"{obj}.{call.args[1]}({self._arguments(rest, call.keywords)})"
            case "locks.acquiring.hurried", [obj, _, *rest]:
                return f"{obj}.acquire({self._arguments(rest, call.keywords)})"
            case "runtime.calls.is_same", [one, other]:
                return f"{one} is {other}"
            case "runtime.calls.enter", [obj]:
                return f"{obj}.__enter__()"
            case "runtime.calls.leave", [obj]:
                return f"{obj}.__exit__(None, None, None)"
        function = self.value(call.function)
        of_actors = isinstance(call.function, Function) and call.function.dotted.startswith(ACTORS)
        if of_actors:
            args = [self._told(arg, shown) for arg, shown in zip(call.args, args, strict=True)]
        return f"{function}({self._arguments(args, call.keywords)})"

    def statement(self, call: Call) -> str:
        """Return a call as a statement."""
        args = [self.value(arg) for arg in call.args]
        match self._dotted(call), args:
            case "builtins.setattr", [obj, _, value] if str(call.args[1]).isidentifier():
                return f"{obj}.{call.args[1]} = {value}"
            case "builtins.delattr", [obj, _] if str(call.args[1]).isidentifier():
                return f"del {obj}.{call.args[1]}"
            case "operator.setitem", [obj, _, value]:
                return f"{obj}[{self._index(call.args[1])}] = {value}"
            case "operator.delitem", [obj, _]:
                return f"del {obj}[{self._index(call.args[1])}]"
        return self.code(call)

    def value(self, value: Any) -> str:
        """Return a value as an expression."""
        match value:
            case Object():
                return self.name(value)
            case Type(name=name):
                return self.types.code(name)
            case Function(dotted=dotted):
                return self._function(dotted)
            case Record(name=name, parts=parts):
                return f"{self.sources.need(name)}({', '.join(map(self.value, parts))})"
            case float() if value != value or value in (float("inf"), float("-inf")):
                return f"float({str(value)!r})"
            case slice():
                parts = (value.start, value.stop, value.step)
                return f"slice({', '.join(map(self.value, parts))})"
            case tuple() if type(value) is tuple:
                inner = ", ".join(map(self.value, value))
                return f"({inner},)" if len(value) == 1 else f"({inner})"
            case list():
                return f"[{', '.join(map(self.value, value))}]"
            case dict():
                items = (f"{self.value(key)}: {self.value(one)}" for key, one in value.items())
                return f"{{{', '.join(items)}}}"
        return ascii(value)

    def _dotted(self, call: Call) -> str:
        if not isinstance(call.function, Function):
            return ""
        return call.function.dotted.removeprefix(ACTORS)

    def _function(self, dotted: str) -> str:
        if dotted.startswith(f"{self.backend}."):
            return f"shared.{dotted.removeprefix(f'{self.backend}.')}"
        if dotted.startswith(ACTORS):
            made = dotted.endswith("()")
            name = self.sources.need(dotted.removeprefix(ACTORS).removesuffix("()"))
            return f"{name}()" if made else name
        module, _, name = dotted.rpartition(".")
        if module.startswith("builtins"):
            return dotted.removeprefix("builtins.")
        self.imports.add(f"import {module}")
        return dotted

    def _told(self, arg: Any, shown: str) -> str:
        """Return an argument of a function of the actors, which may be told what is judged."""
        if isinstance(arg, str) and arg == self.backend:
            return "MODULE"
        return "METHOD" if isinstance(arg, str) and arg == self._method else shown

    def _arguments(self, shown: list[str], keywords: Mapping[str, Any]) -> str:
        return ", ".join(
            [*shown, *(f"{key}={self.value(value)}" for key, value in keywords.items())]
        )

    def _index(self, index: Any) -> str:
        if isinstance(index, slice):
            parts = [index.start, index.stop] + ([] if index.step is None else [index.step])
            return ":".join("" if part is None else self.value(part) for part in parts)
        return self.value(index)


def _parts_of(value: object) -> Iterator[object]:
    """Yield what a value consists of, however deep, and the value itself."""
    yield value
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, (list, tuple)):
        parts = value
    elif isinstance(value, Record):
        parts = value.parts
    for part in parts:
        yield from _parts_of(part)
