"""Reading the steps of a report, which may come from a stranger.

What `judging/recording.py` writes is read here, and anything else is refused. A reproducer calls
nothing but the six functions of the backend, functions of the actors, methods and operators, and
the few functions of the standard library that checks call.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from ..actors.runtime import records, type_names
from .allowed_names import ALLOWED_NAMES
from .harmless import ACTORS, may_be_passed, objection


class NoReproducer(Exception):
    """No program can be written from the evidence; the text says why, as a sentence's end."""


@dataclass(frozen=True)
class Object:
    """An object of the history, by its number."""

    number: int
    kind: str = field(compare=False)
    attribute: str = field(compare=False)


@dataclass(frozen=True)
class Function:
    """A function, class or constant by its dotted name."""

    dotted: str


@dataclass(frozen=True)
class Type:
    """A ctypes type by its name in `actors.runtime.type_names`."""

    name: str


@dataclass(frozen=True)
class Record:
    """A record of the actors: the name of its class below the package, and its parts."""

    name: str
    parts: tuple[Any, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """The parts by their names."""
        names = getattr(records.find(self.name), "_fields", ())
        return dict(zip(names, self.parts, strict=True))


@dataclass(frozen=True)
class Call:
    """A call of a function or of an object."""

    function: Function | Object | Type
    args: tuple[Any, ...]
    keywords: Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """The start of an actor: a thread if it inherits None."""

    number: int
    name: str
    inherits: tuple[Object, ...] | None
    new: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Run:
    """The run of a program of the suite."""

    program: str
    arguments: tuple[str, ...]
    code: int | None
    printed: str
    stderr: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Raised:
    """An exception, by the names of its class and of their bases, nearest first."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """What an actor did: an operation, one that it only `begins`, or a look whether it has ended.

    Or the numbers of objects that it `drops`.

    `returned` is None, too, if it has not returned; then `ended` is false. `told` says in other
    words what it did.
    """

    by: int
    name: str = ""
    action: Call | Start | Run | None = None
    begins: bool = False
    drops: tuple[int, ...] = ()
    asked: bool | None = None
    ended: bool = False
    raised: Raised | None = None
    returned: Any = None
    told: str = ""


# Through these, data could reach any function of the interpreter.
_CLOSED_MODULES = ("runtime.serve", "runtime.wire", "runtime.type_names", "runtime.records")

_OF_CONTEXTS = ("get_all_start_methods", "get_context", "get_start_method", "set_start_method")
SIX = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
_LONGEST = 20_000


def is_dotted(name: str) -> bool:
    """Return whether a text is a dotted name."""
    return bool(_DOTTED.fullmatch(name)) and not any(map(keyword.iskeyword, name.split(".")))


class Reader:
    """Reads the steps of a finding about a backend, whose children are started by `contexts`."""

    def __init__(self, backend: str, contexts: str) -> None:
        for name in (backend, contexts):
            if not is_dotted(name):
                raise NoReproducer(f"{name!r} is no name of a module")
        self._modules = frozenset([backend, contexts])
        self._own = {f"{backend}.{name}" for name in SIX}
        self._own |= {f"{contexts}.{name}" for name in _OF_CONTEXTS}

    def steps(self, data: Sequence[JsonValue]) -> list[Step]:
        """Return steps that were recorded; raises NoReproducer for anything else."""
        try:
            return [self._step(one) for one in data]
        except (
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            LookupError,
            ImportError,
            RecursionError,
        ) as problem:
            raise NoReproducer(
                f"its evidence is not as this version writes it: {problem}"
            ) from None

    def _step(self, data: Any) -> Step:
        by = _number(data["by"])
        if "asked" in data:
            return Step(by, asked=bool(data["asked"]))
        if "drops" in data:
            return Step(by, drops=tuple(map(_number, data["drops"])))
        if "begins" in data:
            return Step(by, action=self._action(data["begins"]), begins=True)
        raised = data.get("raised")
        return Step(
            by,
            str(data["name"]),
            self._action(data["does"]),
            ended="returned" in data or raised is not None,
            raised=None if raised is None else Raised(tuple(map(_name, raised[:-1]))),
            returned=self._value(data.get("returned")),
            told=str(data.get("told", "")),
        )

    def _action(self, data: Any) -> Call | Start | Run:
        if "start" in data:
            inherits = data["inherits"]
            return Start(
                _number(data["start"]),
                str(data["name"]),
                None if inherits is None else tuple(map(self._object, inherits)),
                tuple(map(self._new, data["new"])),
            )
        if "program" in data:
            code = data["code"]
            return Run(
                str(data["program"]),
                tuple(map(str, data["arguments"])),
                None if code is None else _number(code),
                str(data["printed"]),
                str(data["stderr"]),
                tuple(map(str, data["wanted"])),
            )
        called = data["call"]
        by_name = isinstance(called, dict) and [*called] == ["name"]
        function = self._function(called["name"]) if by_name else self._value(called)
        if not isinstance(function, Function | Object | Type):
            raise TypeError("what is called is no function")
        keywords = {_identifier(key): self._value(item) for key, item in data["keywords"].items()}
        call = Call(function, tuple(map(self._value, data["args"])), keywords)
        name = function.dotted if isinstance(function, Function) else ""
        why_not = objection(name, call.args, call.keywords, self._modules)
        if why_not:
            raise NoReproducer(why_not)
        return call

    def _new(self, data: Any) -> Any:
        new = self._value(data)
        make = new[0] if isinstance(new, tuple) and new else None
        if not isinstance(make, Function) or make.dotted not in self._own:
            raise NoReproducer("its evidence makes an object for a child, and not by the backend")
        return new

    def _object(self, data: Any) -> Object:
        found = self._value(data)
        if not isinstance(found, Object):
            raise TypeError("what is inherited is no object")
        return found

    def _value(self, data: Any) -> Any:
        if data is None or type(data) in (bool, int, float):
            return data
        if type(data) is str:
            return _short(data)
        if "object" in data:
            return Object(_number(data["object"]), str(data["kind"]), str(data["attribute"]))
        if "record" in data:
            record = Record(_name(data["record"]), tuple(map(self._value, data["parts"])))
            if not record.fields:
                raise ValueError(f"{record.name} has no parts")
            return record
        ((key, value),) = data.items()
        match key:
            case "float":
                return float(_short(value))
            case "complex":
                return complex(_short(value))
            case "literal":
                return _literal(value, (str, bytes))
            case "bytearray":
                return bytearray(_literal(value, (bytes,)))
            case "tuple":
                return tuple(map(self._value, value))
            case "list":
                return [*map(self._value, value)]
            case "dict":
                return {self._value(one): self._value(other) for one, other in value}
            case "slice":
                return slice(*map(self._value, value))
            case "range":
                return range(*map(_number, value))
            case "type":
                return Type(type_names.read(_name(value)).name)
            case "name":
                if not may_be_passed(str(value)):
                    raise NoReproducer(f"no reproducer passes {value!r}")
                return self._function(value)
        raise ValueError(f"{key!r} is no kind of value")

    def _function(self, dotted: Any) -> Function:
        name = _name(str(dotted).removesuffix("()"))
        below = name.removeprefix(ACTORS)
        of_actors = below != name and not below.startswith(_CLOSED_MODULES)
        if not (of_actors or name in self._own or name in ALLOWED_NAMES):
            raise NoReproducer(f"no reproducer may use {name!r}")
        return Function(str(dotted))


def _number(data: Any) -> int:
    if type(data) is not int:
        raise TypeError(f"{data!r} is no number")
    return data


def _name(data: Any) -> str:
    if type(data) is not str or not is_dotted(data):
        raise NoReproducer(f"its evidence names {data!r}, which is no name")
    return data


def _identifier(data: Any) -> str:
    if "." in _name(data):
        raise ValueError(f"{data!r} is no name of an argument")
    return str(data)


def _short(text: Any) -> str:
    if type(text) is not str or len(text) > _LONGEST:
        raise NoReproducer("a value in its evidence is too long for a program to read")
    return text


def _literal(text: Any, kinds: tuple[type, ...]) -> Any:
    value = ast.literal_eval(_short(text))
    if type(value) not in kinds:
        raise TypeError(f"{text[:40]!r} is no literal of the kind it should be")
    return value
