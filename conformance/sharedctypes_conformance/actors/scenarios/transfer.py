"""Ways into another process: what carries shared objects from the one that starts it.

Each way starts a process of the backend's context, or of another one. It is told what bytes the
objects have, finds them so, turns every bit around, and the starter looks for that: both directions
in one round. What went wrong is told in words, "" if nothing did.

It is told by digests, and so no more than fits into a pipe: one that dies before it reads would
keep its starter waiting.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import operator
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from typing import Any, NamedTuple

from ..objects import custom_reducers
from ..runtime import containers, memory, processes
from ..runtime.children import end_of, run_child, wait_for
from ..runtime.containers import Plain, Record, attribute
from ..runtime.marks import long_running
from ..runtime.records import record

# Exit codes of a process that has looked at what it was given.
ARRIVED, DIFFERENT, OTHER_CLASS = 0, 3, 4
LOOKED = (ARRIVED, DIFFERENT, OTHER_CLASS)
_TURN = bytes(byte ^ 0xFF for byte in range(256))


def _bytes_of(obj: Any) -> bytes:
    return memory.contents(memory.object_of(obj))[1]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digests(objects: Iterable[Any]) -> list[str]:
    return [_digest(_bytes_of(obj)) for obj in objects]


def _turned(objects: Iterable[Any]) -> list[str]:
    """Return the digests of objects when every bit of them is turned around."""
    return [_digest(_bytes_of(obj).translate(_TURN)) for obj in objects]


def turn(objects: Sequence[Any], expected: Sequence[str]) -> int:
    """Turn every bit of objects that are as expected, each under its lock; return an exit code."""
    if _digests(objects) != list(expected):
        return DIFFERENT
    for obj in objects:
        lock = obj.get_lock() if hasattr(obj, "get_lock") else None
        if lock is not None:
            lock.acquire()
        memory.fill(memory.object_of(obj), _bytes_of(obj).translate(_TURN))
        if lock is not None:
            lock.release()
    return ARRIVED


def _problem(code: int | None, objects: Sequence[Any], turned: Sequence[str]) -> str:
    if code is None:
        return "the process did not end by itself"
    if code == DIFFERENT:
        return "what came to the process has other bytes than what was given to it"
    if code == OTHER_CLASS:
        return "what came to the process is of another class than what was given to it"
    if code != ARRIVED:
        return f"the process ended with exit code {code}"
    if _digests(objects) != list(turned):
        return "what the process wrote is not there"
    return ""


# As arguments.


def _exit_turned(objects: Any, expected: Sequence[str], unpack: Callable[[Any], Any]) -> None:
    sys.exit(turn(unpack(objects), expected))


def _of_keywords(expected: Sequence[str], **objects: Any) -> None:
    sys.exit(turn(list(objects.values()), expected))


def _of_arguments(expected: Sequence[str], *objects: Any) -> None:
    sys.exit(turn(objects, expected))


def _of_a_partial(objects: Sequence[Any], expected: Sequence[str]) -> None:
    sys.exit(turn(objects, expected))


class _Turning(Record):
    def turn(self, expected: Sequence[str]) -> None:
        sys.exit(turn(self.objects, expected))


_TARGETS: dict[str, Callable[[list[Any], list[str]], dict[str, Any]]] = {
    "arguments": lambda objects, data: {"target": _of_arguments, "args": (data, *objects)},
    "keywords": lambda objects, data: {
        "target": _of_keywords,
        "args": (data,),
        "kwargs": {f"object_{number}": obj for number, obj in enumerate(objects)},
    },
    "a partial": lambda objects, data: {
        "target": functools.partial(_of_a_partial, objects),
        "args": (data,),
    },
    "a bound method": lambda objects, data: {"target": _Turning(objects).turn, "args": (data,)},
}
CONTAINERS = (*containers.CONTAINERS, *_TARGETS)


@long_running
def in_container(way: str, objects: list[Any], context: Any = None) -> str:
    """Give objects to a Process in one of the `CONTAINERS`; it may be of another context."""
    digests = _digests(objects)
    if way in containers.CONTAINERS:
        pack, unpack = containers.CONTAINERS[way]
        how: dict[str, Any] = {"target": _exit_turned, "args": (pack(objects), digests, unpack)}
    else:
        how = _TARGETS[way](objects, digests)
    return _run((context or processes.context()).Process(**how), objects)


def _run(process: Any, objects: Sequence[Any]) -> str:
    turned = _turned(objects)
    try:
        process.start()
    except Exception as raised:  # which one is told; that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    return _problem(end_of(process).exit_code, objects, turned)


@record
class Crossing(NamedTuple):
    """What went wrong when objects were given to a Process, and its exit code.

    The code is None if the process did not start, or did not end by itself, which is a problem.
    """

    problem: str
    exit_code: int | None


@long_running
def give_unless_refused(objects: list[Any], context: Any = None) -> Crossing:
    """Give objects to a Process whose start may raise.

    The process looks at the classes of the objects, too, where they are found by name.
    """
    digests, turned = _digests(objects), _turned(objects)
    places = [custom_reducers.place_of(type(memory.object_of(obj))) for obj in objects]
    try:
        code = run_child(_exit_alike, objects, digests, places, context=context).exit_code
    except Exception:  # any will do: whoever starts it knows then that they do not cross
        return Crossing("", None)
    return Crossing(_problem(code, objects, turned), code)


def _exit_alike(objects: list[Any], expected: Sequence[str], places: Sequence[Any]) -> None:
    for obj, place in zip(objects, places):
        if place[0] and type(memory.object_of(obj)) is not custom_reducers.find(place):
            sys.exit(OTHER_CLASS)
    sys.exit(turn(objects, expected))


@long_running
def give_with_a_lock_of(make: Callable[..., Any], of_lock: Any, of_process: Any) -> Crossing:
    """Do the same with a value whose lock is of one context, and a process of another."""
    return give_unless_refused([make("i", 7, lock=of_lock.RLock())], of_process)


# The same object, twice.

_TWICE: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "twice in a list": (lambda obj: [obj, obj], list),
    "in a tuple and a dict": (
        lambda obj: ((obj,), {"b": obj}),
        lambda two: [two[0][0], two[1]["b"]],
    ),
    "in two instances": (
        lambda obj: [Record(obj), Plain(obj)],
        lambda two: list(map(attribute, two)),
    ),
    "and what it wraps": (lambda obj: [obj, memory.object_of(obj)], list),
    "after what it wraps": (lambda obj: [memory.object_of(obj), obj], list),
}
TWICE = tuple(_TWICE)


@long_running
def given_twice(way: str, objects: list[Any]) -> str:
    """Give each of several objects twice to a Process, which looks whether it is one there."""
    packed = [_TWICE[way][0](obj) for obj in objects]
    try:
        ended = run_child(_exit_one, way, packed)
    except Exception as raised:  # which one is told; that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    if ended.exit_code == DIFFERENT:
        return "what the process wrote into the one is not in the other"
    return "" if ended.exit_code == ARRIVED else f"the process {ended}"


def _exit_one(way: str, packed: list[Any]) -> None:
    for one, other in map(_TWICE[way][1], packed):
        for writer, reader in ((one, other), (other, one)):
            turned = _turned([writer])
            turn([writer], _digests([writer]))
            if _digests([reader]) != turned:
                sys.exit(DIFFERENT)


@long_running
def many(raw_value: Callable[..., Any], value: Callable[..., Any], count: int) -> str:
    """Give a Process so many raw objects, and a tenth as many wrappers, at once."""
    objects = [raw_value("i", number) for number in range(count)]
    objects += [value("i", number) for number in range((count + 9) // 10)]
    return in_container("a list", objects)


@long_running
def large(raw_array: Callable[..., Any], size: int) -> str:
    """Give a Process an array of so many bytes, each page of which is different."""
    array = raw_array("B", size)
    memory.fill(array, b"".join(page.to_bytes(8, "big") * 512 for page in range(size // 4096)))
    return in_container("arguments", [array])


# As attributes of a process.


@long_running
def as_attributes(objects: list[Any]) -> str:
    """Give objects to a Process of a subclass, as its attributes."""
    return _run(_carrier(processes.context().Process)(objects, _digests(objects)), objects)


@functools.lru_cache(maxsize=None)
def _carrier(base: Any) -> Any:
    class Carrier(base):  # type: ignore[misc]
        def __init__(self, objects: Any, expected: Any) -> None:
            super().__init__()
            self.objects = objects
            self.expected = expected

        def run(self) -> None:
            sys.exit(turn(self.objects, self.expected))

    # A child that does not begin as a copy looks it up here, whatever context it is of. The name
    # says of which class it is, in hexadecimal digits, so that no name is mistaken for another.
    name = _CARRIER + f"{base.__module__}:{base.__qualname__}".encode().hex()
    Carrier.__module__, Carrier.__qualname__, Carrier.__name__ = __name__, name, name
    globals()[name] = Carrier
    return Carrier


_CARRIER = "Carrier_"


def __getattr__(name: str) -> Any:
    """Return the subclass of a process class that another process made."""
    if not name.startswith(_CARRIER):
        raise AttributeError(name)
    module, _, cls = bytes.fromhex(name[len(_CARRIER) :]).decode().partition(":")
    return _carrier(operator.attrgetter(cls)(importlib.import_module(module)))


# Through initialisers.

_kept: list[Any] = []


def _keep(*objects: Any) -> None:
    _kept[:] = objects


def _turn_kept(expected: Sequence[str], backend: str) -> int:
    module = importlib.import_module(backend)
    for name in ("RawArray", "Array"):
        # A worker is daemonic, and may not start processes to help it.
        if hasattr(module, name):
            getattr(module, name)("i", 100_000)
    return turn(_kept, expected)


@long_running
def by_pool(backend: str, objects: list[Any]) -> str:
    """Give objects to the initialiser of a Pool, whose workers are replaced after each task.

    Each makes an object of its own too.
    """
    with processes.context().Pool(
        2, initializer=_keep, initargs=tuple(objects), maxtasksperchild=1
    ) as pool:
        for turn in range(3):
            digests, turned = _digests(objects), _turned(objects)
            try:
                task = pool.apply_async(_turn_kept, (digests, backend))
                wait_for(functools.partial(_is_done, task))
                code = task.get(0)
            except Exception as raised:  # which one is told
                return f"the pool raised {type(raised).__name__}: {raised}"
            problem = _problem(code, objects, turned)
            if problem:
                return f"in task {turn + 1}, {problem}"
    return ""


def _is_done(task: Any, seconds: float) -> bool:
    task.wait(seconds)
    return bool(task.ready())


@long_running
def by_executor(backend: str, objects: list[Any]) -> str:
    """Give objects to the initialiser of a ProcessPoolExecutor."""
    digests, turned = _digests(objects), _turned(objects)
    try:
        code = _in_executor(_keep, tuple(objects), _turn_kept, digests, backend)
    except Exception as raised:  # which one is told
        return f"the executor raised {type(raised).__name__}: {raised}"
    return _problem(code, objects, turned)


def _in_executor(initializer: Any, initargs: tuple[Any, ...], function: Any, *args: Any) -> Any:
    executor = ProcessPoolExecutor(1, processes.context(), initializer, initargs)
    try:
        future = executor.submit(function, *args)
        wait_for(lambda seconds: bool(wait([future], seconds).done))
        return future.result(0)
    finally:
        executor.shutdown(wait=False)


@long_running
def executors_work() -> bool:
    """Return whether an executor takes the backend's contexts, when nothing is shared."""
    try:
        return bool(_in_executor(_keep, (), len, "four") == 4)
    except Exception:  # whatever it is, it is no matter of shared objects
        return False
