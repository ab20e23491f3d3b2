"""Ways into another process: what carries shared objects from the one that starts it.

Each way starts a process of the backend's context. It is told the bytes that the objects have,
finds them so, turns every bit around, and the starter looks for that: both directions in one
round. What went wrong is told in words, "" if nothing did.
"""

from __future__ import annotations

import functools
import importlib
import operator
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from . import containers, processes, toolbox
from .containers import Plain, Record, attribute

# Seconds, less than the suite waits for the process that waits here.
_PATIENCE = 7.0
_ARRIVED, _DIFFERENT = 0, 3
_TURN = bytes(byte ^ 0xFF for byte in range(256))


def _inner(obj: Any) -> Any:
    """Return the ctypes object of what may be a wrapper."""
    return obj.get_obj() if hasattr(obj, "get_obj") else obj


def _bytes_of(objects: Iterable[Any]) -> list[bytes]:
    return [toolbox.contents(_inner(obj))[1] for obj in objects]


def _turned(images: Iterable[bytes]) -> list[bytes]:
    return [image.translate(_TURN) for image in images]


def turn(objects: Sequence[Any], expected: Sequence[bytes]) -> int:
    """Turn every bit of objects that are as expected, each under its lock; return an exit code."""
    if _bytes_of(objects) != list(expected):
        return _DIFFERENT
    for obj, image in zip(objects, _turned(expected)):
        lock = obj.get_lock() if hasattr(obj, "get_lock") else None
        if lock is not None:
            lock.acquire()
        toolbox.fill(_inner(obj), image)
        if lock is not None:
            lock.release()
    return _ARRIVED


def _judge(code: object, objects: Sequence[Any], before: Sequence[bytes]) -> str:
    if code == _DIFFERENT:
        return "what came to the process has other bytes than what was given to it"
    if code != _ARRIVED:
        return f"the process ended with exit code {code}"
    if _bytes_of(objects) != _turned(before):
        return "what the process wrote is not there"
    return ""


# As arguments.


def _exit_turned(objects: Any, expected: Sequence[bytes], unpack: Callable[[Any], Any]) -> None:
    sys.exit(turn(unpack(objects), expected))


def _of_keywords(expected: Sequence[bytes], **objects: Any) -> None:
    sys.exit(turn(list(objects.values()), expected))


def _of_arguments(expected: Sequence[bytes], *objects: Any) -> None:
    sys.exit(turn(objects, expected))


def _of_a_partial(objects: Sequence[Any], expected: Sequence[bytes]) -> None:
    sys.exit(turn(objects, expected))


class _Turning(Record):
    def turn(self, expected: Sequence[bytes]) -> None:
        sys.exit(turn(self.objects, expected))


_TARGETS: dict[str, Callable[[list[Any], list[bytes]], dict[str, Any]]] = {
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


def in_container(way: str, objects: list[Any]) -> str:
    """Give objects to a Process in one of the `CONTAINERS`."""
    before = _bytes_of(objects)
    if way in containers.CONTAINERS:
        pack, unpack = containers.CONTAINERS[way]
        how: dict[str, Any] = {"target": _exit_turned, "args": (pack(objects), before, unpack)}
    else:
        how = _TARGETS[way](objects, before)
    return _run(processes.context().Process(**how), objects, before)


def _run(process: Any, objects: Sequence[Any], before: Sequence[bytes]) -> str:
    try:
        process.start()
    except Exception as raised:  # which one is told; that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    return _judge(_end_of(process), objects, before)


def _end_of(process: Any) -> object:
    process.join(_PATIENCE)
    code = process.exitcode
    if code is None:
        process.terminate()
        process.join()
        return f"{code}, as it did not end by itself"
    return code


def unless_refused(objects: list[Any]) -> tuple[str, int]:
    """Give objects to a Process whose start may raise; return also its exit code, 0 without one."""
    before = _bytes_of(objects)
    process = processes.context().Process(target=_exit_turned, args=(objects, before, list))
    try:
        process.start()
    except Exception:  # any will do: whoever starts it knows then that they do not cross
        return "", 0
    code = _end_of(process)
    return _judge(code, objects, before), code if isinstance(code, int) else 0


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
    "and what it wraps": (lambda obj: [obj, _inner(obj)], list),
    "after what it wraps": (lambda obj: [_inner(obj), obj], list),
}
TWICE = tuple(_TWICE)


def given_twice(way: str, objects: list[Any]) -> str:
    """Give each of several objects twice to a Process, which looks whether it is one there."""
    packed = [_TWICE[way][0](obj) for obj in objects]
    process = processes.context().Process(target=_exit_one, args=(way, packed))
    try:
        process.start()
    except Exception as raised:  # which one is told; that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    code = _end_of(process)
    if code == _DIFFERENT:
        return "what the process wrote into the one is not in the other"
    return "" if code == _ARRIVED else f"the process ended with exit code {code}"


def _exit_one(way: str, packed: list[Any]) -> None:
    for one, other in map(_TWICE[way][1], packed):
        for writer, reader in ((one, other), (other, one)):
            before = _bytes_of([writer])
            turn([writer], before)
            if _bytes_of([reader]) != _turned(before):
                sys.exit(_DIFFERENT)


def many(raw_value: Callable[..., Any], value: Callable[..., Any], count: int) -> str:
    """Give a Process so many raw objects, and a tenth as many wrappers, at once."""
    objects = [raw_value("i", number) for number in range(count)]
    objects += [value("i", number) for number in range((count + 9) // 10)]
    return in_container("a list", objects)


def large(raw_array: Callable[..., Any], size: int) -> str:
    """Give a Process an array of so many bytes, each page of which is different."""
    array = raw_array("B", size)
    toolbox.fill(array, b"".join(page.to_bytes(8, "big") * 512 for page in range(size // 4096)))
    return in_container("arguments", [array])


# As attributes of a process.


def as_attributes(objects: list[Any]) -> str:
    """Give objects to a Process of a subclass, as its attributes."""
    before = _bytes_of(objects)
    return _run(_carrier(processes.context().Process)(objects, before), objects, before)


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


def _turn_kept(expected: Sequence[bytes]) -> int:
    return turn(_kept, expected)


def by_pool(objects: list[Any]) -> str:
    """Give objects to the initialiser of a Pool, whose workers are replaced after each task."""
    with processes.context().Pool(
        2, initializer=_keep, initargs=tuple(objects), maxtasksperchild=1
    ) as pool:
        for turn in range(3):
            before = _bytes_of(objects)
            try:
                code = pool.apply_async(_turn_kept, (before,)).get(_PATIENCE)
            except Exception as raised:  # which one is told
                return f"the pool raised {type(raised).__name__}: {raised}"
            problem = _judge(code, objects, before)
            if problem:
                return f"in task {turn + 1}, {problem}"
    return ""


def by_executor(objects: list[Any]) -> str:
    """Give objects to the initialiser of a ProcessPoolExecutor."""
    before = _bytes_of(objects)
    try:
        code = _in_executor(_keep, tuple(objects), _turn_kept, before)
    except Exception as raised:  # which one is told
        return f"the executor raised {type(raised).__name__}: {raised}"
    return _judge(code, objects, before)


def _in_executor(initializer: Any, initargs: tuple[Any, ...], function: Any, *args: Any) -> Any:
    executor = ProcessPoolExecutor(1, processes.context(), initializer, initargs)
    try:
        return executor.submit(function, *args).result(_PATIENCE)
    finally:
        executor.shutdown(wait=False)


def executors_work() -> bool:
    """Return whether an executor takes the backend's contexts, when nothing is shared."""
    try:
        return bool(_in_executor(_keep, (), len, "four") == 4)
    except Exception:  # whatever it is, it is no matter of shared objects
        return False
