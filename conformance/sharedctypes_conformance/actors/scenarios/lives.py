"""What one process does in a program of many steps, and whether all that it has is as it should be.

A process has names, by their numbers: objects, wrappers and views. Of each memory behind them it
remembers where it is and what was written to it last. After each operation it looks at them: an
allocator's mistakes show in other objects than the one that it was asked for. The suite says what
other processes have written in between.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Dict, NamedTuple, Tuple

from ..locks.minimal_locks import OwnLock
from ..objects.shelf import BUFFERS, PARTS, POINTERS
from ..runtime.memory import object_of
from ..runtime.processes import new_lock
from ..runtime.records import record
from ..runtime.serve import explain

# What can turn out to be wrong.
ZEROED, DISJOINT, CONTENTS, SEEN, LOCKS, RAISED = (
    "zeroed",
    "disjoint",
    "contents",
    "seen",
    "locks",
    "raised",
)

# Memory of more bytes is only looked at when all is: it takes a while.
_LARGE = 1 << 16
_CHUNK = 1 << 20

# Objects of no more bytes are initialized, and assigned, as a whole.
_SHORT = 4096

_VIEWS: Dict[str, Callable[[Any], Any]] = {**PARTS, **BUFFERS, **POINTERS}
_VIEWS["get_obj()"] = object_of

_INTEGERS = (
    ctypes.c_byte,
    ctypes.c_ubyte,
    ctypes.c_short,
    ctypes.c_ushort,
    ctypes.c_int,
    ctypes.c_uint,
    ctypes.c_long,
    ctypes.c_ulong,
    ctypes.c_longlong,
    ctypes.c_ulonglong,
)


class Bag(list):  # type: ignore[type-arg]
    """Objects on their way to a child, which takes them out of it."""


class _Wrong(Exception):
    """Something is not as it should be: what, and a sentence about it."""


@record
class Played(NamedTuple):
    """How many operations a process has done, and what was wrong in the one after these, if any.

    -1 is done if something was wrong before. `classes` are the names of the classes of an exception that one has raised.
    """

    done: int
    wrong: str = ""
    text: str = ""
    classes: Sequence[str] = ()


class _Span(NamedTuple):
    """A memory: where it is, how many bytes it has, and the last two steps that wrote to it."""

    address: int
    size: int
    version: int
    before: int


_names: Dict[int, Any] = {}
_memory_of: Dict[int, int] = {}
_spans: Dict[int, _Span] = {}
_files: Dict[int, Tuple[Any, bytes]] = {}


def forget() -> None:
    """Forget all names and files, such as those that a forked child has from its parent."""
    _names.clear()
    _memory_of.clear()
    _spans.clear()
    for file, _ in _files.values():
        with contextlib.suppress(OSError):
            file.close()
    _files.clear()
    gc.enable()


def pack(numbers: Sequence[int]) -> Bag:
    """Return the objects of some names, for a child."""
    return Bag(_names[number] for number in numbers)


def empty(bag: Bag) -> None:
    """Forget what was passed to a child."""
    bag.clear()


def unpack(bag: Bag, memories: Sequence[Tuple[int, int]]) -> None:
    """Begin in a child that was passed objects: their names, and the memory of each."""
    forget()
    for (number, memory), obj in zip(memories, bag):
        _add(number, memory, obj)
    bag.clear()


def play(
    operations: Sequence[Tuple[Any, ...]], written: Dict[int, int], at_all: bool = False
) -> Played:
    """Do operations one after the other, and look at everything after each.

    Each is a name of `_DO` with arguments. `written` has what was written last to each memory.
    `at_all` is whether to look at large memory too, in the end.
    """
    done = -1
    try:
        _note(written)
        _look()
        done = 0
        for what, *args in operations:
            _DO[what](*args)
            _look()
            done += 1
        if at_all:
            _look(at_all)
    except _Wrong as wrong:
        return Played(done, *wrong.args)
    except Exception as raised:  # whatever it raises is the outcome
        classes, text = explain(raised)
        return Played(done, RAISED, text, classes)
    return Played(done)


# Memory.


def _unit(memory: int, version: int) -> bytes:
    # Not one byte is zero, and the first one differs from step to step.
    first = 1 + (version * 7 + memory * 3) % 255
    return bytes([first]) + b"%d by %d; " % (memory, version)


def written_by(memory: int, version: int, size: int) -> bytes:
    """Return the first bytes of what a step writes to a memory."""
    unit = _unit(memory, version)
    return (unit * (size // len(unit) + 1))[:size]


def _chunks(span: _Span, memory: int, version: int) -> Iterator[Tuple[int, bytes]]:
    """Yield what a step writes to a memory, in pieces with their addresses."""
    unit = _unit(memory, version)
    piece = unit * (min(span.size, _CHUNK) // len(unit) + 1)
    for start in range(0, span.size, len(piece)):
        yield span.address + start, piece[: span.size - start]


def _note(written: Dict[int, int]) -> None:
    for memory, version in written.items():
        span = _spans[memory]
        if span.version != version:
            _spans[memory] = span._replace(version=version, before=span.version)


def _write(memory: int, version: int) -> None:
    span = _spans[memory]
    for address, piece in _chunks(span, memory, version):
        ctypes.memmove(address, piece, len(piece))
    _spans[memory] = span._replace(version=version, before=version)


def _look(at_all: bool = False) -> None:
    """Raise _Wrong unless all memory and all files have what was written to them last."""
    for memory, span in _spans.items():
        if span.size <= _LARGE or at_all:
            for address, piece in _chunks(span, memory, span.version):
                if ctypes.string_at(address, len(piece)) != piece:
                    raise _Wrong(*_what_is_wrong(memory, span))
            if span.before != span.version:
                _spans[memory] = span._replace(before=span.version)
    for file, data in _files.values():
        with contextlib.suppress(OSError):
            if os.pread(file.fileno(), len(data) + 1, 0) == data:
                continue
        raise _Wrong(CONTENTS, "a file has not, or no longer, what was written to it")


def _what_is_wrong(memory: int, span: _Span) -> Tuple[str, str]:
    shown = min(span.size, 24)
    got = ctypes.string_at(span.address, span.size)
    due = b"".join(piece for _, piece in _chunks(span, memory, span.version))
    first = next(place for place, byte in enumerate(got) if byte != due[place])
    begin = max(0, first - 4)
    text = (
        f"o{memory} has the bytes {got[begin:begin + shown]!r} from {begin} on, "
        f"should have {due[begin:begin + shown]!r}"
    )
    # It had these when it was last looked at, or it is looked at for the first time.
    stale = span.before in (-1, span.version) or got == written_by(memory, span.before, span.size)
    return (SEEN if span.before != span.version and stale else CONTENTS), text


def _add(number: int, memory: int, obj: Any, version: int = -1) -> None:
    """Add a name; also its memory, unless there is another name for that."""
    _names[number] = obj
    _memory_of[number] = memory
    if memory not in _spans:
        raw = object_of(obj)
        _spans[memory] = _Span(ctypes.addressof(raw), ctypes.sizeof(raw), version, version)


def _expect_disjoint(new: int) -> None:
    begin, size, _, _ = _spans[new]
    for memory, span in _spans.items():
        if memory != new and span.address < begin + size and begin < span.address + span.size:
            at = max(span.address, begin) - begin
            raise _Wrong(DISJOINT, f"byte {at} of o{new} is one of o{memory} as well")


def _expect_zeros(span: _Span, what: str) -> None:
    zeros = bytes(min(span.size, _CHUNK))
    for start in range(0, span.size, _CHUNK):
        got = ctypes.string_at(span.address + start, min(_CHUNK, span.size - start))
        if got != zeros[: len(got)]:
            first = next(place for place, byte in enumerate(got) if byte)
            shown = got[first : first + 24]
            raise _Wrong(ZEROED, f"{what} has the bytes {shown!r} from {start + first} on")


# Operations.


def _lock_of(how: Any) -> Dict[str, Any]:
    """Return the keyword for a lock: a new one by its kind, or that of another name."""
    if how == "":
        return {}
    if how == "lock=False":
        return {"lock": False}
    if isinstance(how, int):
        return {"lock": _names[how].get_lock()}
    return {"lock": OwnLock() if how == "OwnLock" else new_lock(how)}


def _initializer(type_: Any, length: int, data: bytes) -> Any:
    """Return what is assigned to an object of some integers, or characters, so that it has `data`.

    `length` is -1 for a single one.
    """
    if length < 0:
        return type_.from_buffer_copy(data).value
    return data if type_ is ctypes.c_char else list((type_ * length).from_buffer_copy(data))


def _make(
    number: int, make: Callable[..., Any], type_: Any, length: int, lock: Any, initialized: bool
) -> None:
    size = ctypes.sizeof(type_) * abs(length)
    whole = type_ in (*_INTEGERS, ctypes.c_char) and size <= _SHORT
    data = written_by(number, number, size)
    args = () if length < 0 else (length,)
    if initialized and whole:
        args = (_initializer(type_, length, data),)
    _add(number, number, make(type_, *args, **_lock_of(lock)), number)
    _expect_disjoint(number)
    if initialized and whole:
        if ctypes.string_at(_spans[number].address, size) != data:
            raise _Wrong(*_what_is_wrong(number, _spans[number]))
        return
    _expect_zeros(_spans[number], f"o{number}, which is new,")
    _write(number, number)


def _copy(number: int, on: int, copy: Callable[..., Any]) -> None:
    source = _spans[_memory_of[on]]
    _add(number, number, copy(_names[on]), number)
    _expect_disjoint(number)
    made = _spans[number]
    got = ctypes.string_at(made.address, made.size)
    if got != ctypes.string_at(source.address, source.size):
        raise _Wrong(CONTENTS, f"o{number} has the bytes {got[:24]!r}, and is a copy of o{on}")
    _write(number, number)


def _wrap(number: int, on: int, synchronized: Callable[..., Any], lock: Any) -> None:
    given = _lock_of(lock)
    _add(number, _memory_of[on], synchronized(_names[on], *given.values()))


def _view(number: int, on: int, how: str) -> None:
    obj = object_of(_names[on])
    # What has no parts, or no bytes to view, gets another name.
    view = _VIEWS[how](obj) if how not in PARTS or _has_parts(obj) else obj
    _names[number] = view
    _memory_of[number] = _memory_of[on]


def _has_parts(obj: Any) -> bool:
    kinds = (ctypes.Structure, ctypes.Union, ctypes.Array)
    if isinstance(obj, ctypes.Array):
        return len(obj) > 0 and issubclass(obj._type_, kinds)
    fields = getattr(type(obj), "_fields_", ())
    return any(issubclass(field[1], (ctypes.Structure, ctypes.Array)) for field in fields)


def _refuse(make: Callable[..., Any], type_: Any, argument: Any, lock: Any) -> None:
    # Whether it has to be refused is said by other clauses; otherwise it is dropped.
    with contextlib.suppress(Exception):
        make(type_, argument, **_lock_of(lock))


def _fill(on: int, version: int) -> None:
    _write(_memory_of[on], version)


def _assign(on: int, version: int) -> None:
    """Write to an object through its wrapper, or in a block of it where bytes make no values."""
    wrapper, memory = _names[on], _memory_of[on]
    _expect_free(wrapper)
    raw = wrapper.get_obj()
    span, type_ = _spans[memory], type(raw)
    length = len(raw) if isinstance(raw, ctypes.Array) else -1
    element = type_._type_ if length >= 0 else type_
    if element not in (*_INTEGERS, ctypes.c_char) or span.size > _SHORT:
        with wrapper:
            _write(memory, version)
        return
    value = _initializer(element, length, written_by(memory, version, span.size))
    if length < 0:
        wrapper.value = value
    else:
        wrapper[:] = value
    _spans[memory] = span._replace(version=version, before=version)


def _drop(on: int, how: str) -> None:
    obj = _names.pop(on)
    memory = _memory_of.pop(on)
    if memory not in _memory_of.values():
        del _spans[memory]
    if how == "in a cycle":
        cell = [obj]
        cell.append(cell)
        del cell
    del obj


def _collect(how: str) -> None:
    {"gc.collect()": gc.collect, "gc.disable()": gc.disable, "gc.enable()": gc.enable}[how]()


def _acquire(on: int, how: str) -> None:
    wrapper = _names[on]
    _expect_free(wrapper)
    if how == "__enter__()":
        wrapper.__enter__()
        return
    target = wrapper.get_lock() if how.startswith("get_lock()") else wrapper
    acquired = target.acquire(*(() if how.endswith("acquire()") else (False,)))
    if acquired is not True:
        raise _Wrong(LOCKS, f"a lock that is free, or its own, is not acquired: {acquired!r}")


def _expect_free(wrapper: Any) -> None:
    """Raise _Wrong for a lock that this thread would have to wait for."""
    acquired = wrapper.acquire(False)
    if acquired is not True:
        raise _Wrong(LOCKS, f"a lock that is free, or its own, is not acquired: {acquired!r}")
    wrapper.release()


def _try(on: int) -> None:
    acquired = _names[on].acquire(False)
    if acquired is not False:
        raise _Wrong(LOCKS, f"a lock that somebody else holds is acquired: {acquired!r}")


def _release(on: int, how: str) -> None:
    if how == "__exit__()":
        _names[on].__exit__(None, None, None)
    else:
        _names[on].release()


def _open(number: int) -> None:
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open until the program ends
    data = written_by(number, number, 100)
    file.write(data)
    _files[number] = (file, data)


def _fork(
    number: int, names: Sequence[int], makes: Sequence[Tuple[Callable[..., Any], Any, int]]
) -> None:
    """Fork a process that makes objects, writes to some that it inherited, and ends."""
    here, there = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.close(here)
            os.write(there, _done_in_fork(number, names, makes).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(there)
    with open(here, "rb") as answer:
        said = answer.read().decode()
    _, status = os.waitpid(pid, 0)
    if status:
        raise _Wrong(RAISED, f"a process forked by os.fork() ended with the status {status}")
    if said:
        wrong, _, text = said.partition(" ")
        raise _Wrong(wrong, f"in a process forked by os.fork(), {text}")
    for name in names:
        span = _spans[_memory_of[name]]
        _spans[_memory_of[name]] = span._replace(version=number, before=span.version)


def _done_in_fork(
    number: int, names: Sequence[int], makes: Sequence[Tuple[Callable[..., Any], Any, int]]
) -> str:
    try:
        for name in names:
            _fill(name, number)
        for place, (make, type_, length) in enumerate(makes):
            try:
                obj = make(type_, length)
            except Exception:  # a process that was not started as a child may be refused objects
                continue
            # Not a number of any step.
            new = -2 - place
            _add(new, new, obj, number)
            _expect_disjoint(new)
            _expect_zeros(_spans[new], "what is new")
            _write(new, number)
            _look()
        for name in list(_names)[::2]:
            _drop(name, "")
        _look(at_all=True)
    except _Wrong as wrong:
        return " ".join(wrong.args)
    return ""


_DO: Dict[str, Callable[..., None]] = {
    "make": _make,
    "copy": _copy,
    "synchronized": _wrap,
    "view": _view,
    "refuse": _refuse,
    "write": _fill,
    "assign": _assign,
    "drop": _drop,
    "collect": _collect,
    "acquire": _acquire,
    "try": _try,
    "release": _release,
    "file": _open,
    "fork": _fork,
}
