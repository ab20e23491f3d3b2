"""Every route by which a shared object reaches a child process.

Each starts a process of the backend's context, or of another one, which is given the objects and
digests of their bytes. It compares these, inverts every bit, and its parent looks for that: both
directions in one round. What went wrong is returned in words, "" if nothing did.

They are digests because no more may be sent than fits into a pipe: a child that dies before it
reads would block its parent.
"""

from __future__ import annotations

import functools
import importlib
import operator
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
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
_INVERTED = bytes(byte ^ 0xFF for byte in range(256))


def _bytes_of(obj: Any) -> bytes:
    return memory.contents(memory.object_of(obj))[1]


def _digest(data: bytes) -> str:
    # No hashlib: each child imports this, and OpenSSL with it would take longer than all else.
    return f"{len(data)} bytes, {zlib.crc32(data):08x}"


def _digests(objects: Iterable[Any]) -> list[str]:
    return [_digest(_bytes_of(obj)) for obj in objects]


def _inverted(objects: Iterable[Any]) -> list[str]:
    """Return the digests of objects when every bit of them is inverted."""
    return [_digest(_bytes_of(obj).translate(_INVERTED)) for obj in objects]


def invert(objects: Sequence[Any], expected: Sequence[str]) -> int:
    """Invert all bits of objects that are as expected, each under its lock; return an exit code."""
    if _digests(objects) != list(expected):
        return DIFFERENT
    for obj in objects:
        lock = obj.get_lock() if hasattr(obj, "get_lock") else None
        if lock is not None:
            lock.acquire()
        memory.fill(memory.object_of(obj), _bytes_of(obj).translate(_INVERTED))
        if lock is not None:
            lock.release()
    return ARRIVED


def _problem(code: int | None, objects: Sequence[Any], inverted: Sequence[str]) -> str:
    if code is None:
        return "the process did not end by itself"
    if code == DIFFERENT:
        return "the process found other bytes than those that the objects had"
    if code == OTHER_CLASS:
        return "the process found objects of other classes"
    if code != ARRIVED:
        return f"the process ended with exit code {code}"
    if _digests(objects) != list(inverted):
        return "what the process wrote is not in the objects of its parent"
    return ""


# As arguments.


def _exit_inverted(objects: Any, expected: Sequence[str], unpack: Callable[[Any], Any]) -> None:
    sys.exit(invert(unpack(objects), expected))


def _of_keywords(expected: Sequence[str], **objects: Any) -> None:
    sys.exit(invert(list(objects.values()), expected))


def _of_arguments(expected: Sequence[str], *objects: Any) -> None:
    sys.exit(invert(objects, expected))


def _of_a_partial(objects: Sequence[Any], expected: Sequence[str]) -> None:
    sys.exit(invert(objects, expected))


class _Inverting(Record):
    def invert(self, expected: Sequence[str]) -> None:
        sys.exit(invert(self.objects, expected))

    def invert_all(
        self,
        of_partial: Sequence[Any],
        packed: dict[str, Any],
        expected: dict[str, Sequence[str]],
        *arguments: Any,
        **keywords: Any,
    ) -> None:
        found = {name: containers.CONTAINERS[name][1](packed[name]) for name in packed}
        found["a bound method"] = self.objects
        found["a partial"] = of_partial
        found["arguments"] = arguments
        found["keywords"] = list(keywords.values())
        sys.exit(max(invert(objects, expected[name]) for name, objects in found.items()))


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
    "a bound method": lambda objects, data: {"target": _Inverting(objects).invert, "args": (data,)},
}
CONTAINERS = (*containers.CONTAINERS, *_TARGETS)


@long_running
def in_container(container: str, objects: list[Any]) -> str:
    """Give objects to a Process in one of the `CONTAINERS`."""
    digests = _digests(objects)
    if container in containers.CONTAINERS:
        pack, unpack = containers.CONTAINERS[container]
        how: dict[str, Any] = {"target": _exit_inverted, "args": (pack(objects), digests, unpack)}
    else:
        how = _TARGETS[container](objects, digests)
    return _run(processes.context().Process(**how), objects)


@long_running
def in_all_containers(objects: Sequence[Sequence[Any]]) -> str:
    """Give a list of objects in each of the `CONTAINERS` to one Process."""
    each = dict(zip(CONTAINERS, objects))
    every = [obj for part in objects for obj in part]
    packed = {name: pack(each[name]) for name, (pack, _) in containers.CONTAINERS.items()}
    bound = _Inverting(each["a bound method"])
    target = functools.partial(bound.invert_all, each["a partial"], packed)
    keywords = {f"object_{number}": obj for number, obj in enumerate(each["keywords"])}
    digests = {name: _digests(part) for name, part in each.items()}
    args = (digests, *each["arguments"])
    return _run(processes.context().Process(target=target, args=args, kwargs=keywords), every)


@long_running
def to_process_of(context: Any, objects: list[Any]) -> str:
    """Give objects to a Process of a context, in a list; raises what its start raises."""
    digests, inverted = _digests(objects), _inverted(objects)
    code = run_child(_exit_inverted, objects, digests, list, context=context).exit_code
    return _problem(code, objects, inverted)


def _run(process: Any, objects: Sequence[Any]) -> str:
    inverted = _inverted(objects)
    try:
        process.start()
    except Exception as raised:  # whatever it is: that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    return _problem(end_of(process).exit_code, objects, inverted)


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
    digests, inverted = _digests(objects), _inverted(objects)
    places = [custom_reducers.place_of(type(memory.object_of(obj))) for obj in objects]
    try:
        code = run_child(_exit_alike, objects, digests, places, context=context).exit_code
    except Exception:  # any will do: the program learns that they do not cross
        return Crossing("", None)
    return Crossing(_problem(code, objects, inverted), code)


def _exit_alike(objects: list[Any], expected: Sequence[str], places: Sequence[Any]) -> None:
    for obj, place in zip(objects, places):
        if place[0] and type(memory.object_of(obj)) is not custom_reducers.find(place):
            sys.exit(OTHER_CLASS)
    sys.exit(invert(objects, expected))


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
def passed_twice(arrangement: str, objects: list[Any]) -> str:
    """Give each of several objects twice to a Process, which looks whether it is one there."""
    packed = [_TWICE[arrangement][0](obj) for obj in objects]
    try:
        ended = run_child(_exit_one, arrangement, packed)
    except Exception as raised:  # whatever it is: that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    if ended.exit_code == DIFFERENT:
        return "what the process wrote into the one is not in the other"
    return "" if ended.exit_code == ARRIVED else f"the process {ended}"


def _exit_one(arrangement: str, packed: list[Any]) -> None:
    for one, other in map(_TWICE[arrangement][1], packed):
        for writer, reader in ((one, other), (other, one)):
            inverted = _inverted([writer])
            invert([writer], _digests([writer]))
            if _digests([reader]) != inverted:
                sys.exit(DIFFERENT)


@long_running
def many(raw_value: Callable[..., Any], value: Callable[..., Any], count: int) -> str:
    """Give a Process so many raw objects, and a tenth as many wrappers, at once."""
    objects = [raw_value("i", number) for number in range(count)]
    objects += [value("i", number) for number in range((count + 9) // 10)]
    return in_container("a list", objects)


@long_running
def large(raw_array: Callable[..., Any], sizes: Sequence[int]) -> str:
    """Give a Process arrays of so many bytes, each page of which is different."""
    arrays = []
    for size in sizes:
        arrays.append(raw_array("B", size))
        pages = b"".join(page.to_bytes(8, "big") * 512 for page in range(size // 4096 + 1))
        memory.fill(arrays[-1], pages[:size])
    return in_container("arguments", arrays)


# As attributes of a process.


@long_running
def process_is_a_class() -> bool:
    """Return whether there can be a subclass of the context's Process."""
    return isinstance(processes.context().Process, type)


@long_running
def as_attributes(objects: list[Any]) -> str:
    """Give objects to a Process of a subclass, as its attributes."""
    return _run(_carrier(processes.context().Process)(objects, _digests(objects)), objects)


@functools.lru_cache(maxsize=None)
def _carrier(base: Any) -> Any:
    class Carrier(base):  # type: ignore[misc]  # the base is known only in the target
        def __init__(self, objects: Any, expected: Any) -> None:
            super().__init__()
            self.objects = objects
            self.expected = expected

        def run(self) -> None:
            sys.exit(invert(self.objects, self.expected))

    # A child that is not a fork looks it up here, whatever context it is of. The name holds that of
    # its base class, in hexadecimal digits, so that no name is mistaken for another.
    name = _CARRIER + f"{base.__module__}:{base.__qualname__}".encode().hex()
    Carrier.__module__, Carrier.__qualname__, Carrier.__name__ = __name__, name, name
    globals()[name] = Carrier
    return Carrier


_CARRIER = "Carrier_"


def __getattr__(name: str) -> Any:
    """Return the subclass of a process class that another process created."""
    if not name.startswith(_CARRIER):
        raise AttributeError(name)
    module, _, cls = bytes.fromhex(name[len(_CARRIER) :]).decode().partition(":")
    return _carrier(operator.attrgetter(cls)(importlib.import_module(module)))


# Through initializers.

_inherited: list[Any] = []


def _inherit(*objects: Any) -> None:
    _inherited[:] = objects


def _invert_inherited(expected: Sequence[str], backend: str) -> int:
    module = importlib.import_module(backend)
    for name in ("RawArray", "Array"):
        # A worker is daemonic, so its backend cannot start helper processes.
        if hasattr(module, name):
            getattr(module, name)("i", 100_000)
    return invert(_inherited, expected)


@long_running
def by_pool(backend: str, objects: list[Any]) -> str:
    """Give objects to the initializer of a Pool, whose workers are replaced after each task.

    Each worker makes objects of its own too.
    """
    with processes.context().Pool(
        2, initializer=_inherit, initargs=tuple(objects), maxtasksperchild=1
    ) as pool:
        for turn in range(3):
            digests, inverted = _digests(objects), _inverted(objects)
            try:
                task = pool.apply_async(_invert_inherited, (digests, backend))
                wait_for(functools.partial(_is_done, task))
                code = task.get(0)
            except Exception as raised:  # whatever it is
                return f"the pool raised {type(raised).__name__}: {raised}"
            problem = _problem(code, objects, inverted)
            if problem:
                return f"in task {turn + 1}, {problem}"
    return ""


def _is_done(task: Any, seconds: float) -> bool:
    task.wait(seconds)
    return bool(task.ready())


@long_running
def by_executor(backend: str, objects: list[Any]) -> str:
    """Give objects to the initializer of a ProcessPoolExecutor."""
    digests, inverted = _digests(objects), _inverted(objects)
    try:
        code = _in_executor(_inherit, tuple(objects), _invert_inherited, digests, backend)
    except Exception as raised:  # whatever it is
        return f"the executor raised {type(raised).__name__}: {raised}"
    return _problem(code, objects, inverted)


def _in_executor(initializer: Any, initargs: tuple[Any, ...], function: Any, *args: Any) -> Any:
    import concurrent.futures  # here, because most children need none of it

    executor = concurrent.futures.ProcessPoolExecutor(1, processes.context(), initializer, initargs)
    try:
        future = executor.submit(function, *args)
        wait_for(lambda seconds: bool(concurrent.futures.wait([future], seconds).done))
        return future.result(0)
    finally:
        executor.shutdown(wait=False)


@long_running
def executors_work() -> bool:
    """Return whether an executor takes the backend's contexts, when nothing is shared."""
    try:
        return bool(_in_executor(_inherit, (), len, "four") == 4)
    except Exception:  # whatever it is, it has nothing to do with shared objects
        return False
