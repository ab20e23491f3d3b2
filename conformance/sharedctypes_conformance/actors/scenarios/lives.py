"""What one process does in a program of many steps, looking at all that it has after each.

The suite says which names the process has, and what other processes have written in between.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..locks.minimal_locks import OwnLock
from ..objects.belongings import (
    CONTENTS,
    LOCKS,
    RAISED,
    Belongings,
    Wrong,
    bytes_of,
    written_by,
)
from ..objects.shelf import BUFFERS, PARTS, POINTERS
from ..runtime.memory import expect_data, object_of
from ..runtime.processes import new_lock
from ..runtime.records import record
from ..runtime.serve import explain

# Objects of no more bytes are initialized, and assigned, as a whole.
_SHORT = 4096

_IS_PYPY = sys.implementation.name == "pypy"

_VIEWS = {**BUFFERS, **POINTERS, "get_obj()": object_of}

# Types of which any bytes are a value, and any value has its own bytes.
_EXACT = (
    ctypes.c_char,
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

_here = Belongings()


class Bag(list):  # type: ignore[type-arg]  # on Python 3.8 it takes no arguments
    """Objects on their way to a child, which takes them out of it."""


@record
class Played(NamedTuple):
    """How many operations a process has done, and what was wrong in the one after these, if any.

    -1 is done if something was wrong before. `classes` are the names of the classes of an exception
    that was raised.
    """

    done: int
    wrong: str = ""
    text: str = ""
    classes: Sequence[str] = ()


def pack(names: Sequence[int]) -> Bag:
    """Return the objects of some names, for a child."""
    return Bag(_here.names[name] for name in names)


def empty(bag: Any) -> None:
    """Forget what was passed to a child."""
    bag.clear()


def unpack(bag: Any, memories: Sequence[tuple[int, int]]) -> None:
    """Begin in a child that was passed objects: their names, and the memory of each."""
    _here.forget()  # what a forked child has from its parent
    gc.enable()
    for (name, memory), obj in zip(memories, bag):
        _here.add(name, memory, obj)
    bag.clear()


def play(
    operations: Sequence[tuple[Any, ...]], written: dict[int, int], at_all: bool = False
) -> Played:
    """Do operations one after the other, and look at everything after each.

    Each is a name of `_DO` with arguments. `written` has what was written last to each memory.
    `at_all` is whether to look at large memory too, in the end.
    """
    done = -1
    try:
        for memory, version in written.items():
            _here.note(memory, version)
        _here.look()
        done = 0
        for what, *args in operations:
            _DO[what](*args)
            _here.look()
            done += 1
        if at_all:
            _here.look(at_all)
    except Wrong as wrong:
        return Played(done, *wrong.args)
    except Exception as raised:  # whatever it raises is the outcome
        classes, text = explain(raised)
        return Played(done, RAISED, text, classes)
    return Played(done)


# Making.


def _lock_of(how: Any) -> dict[str, Any]:
    """Return the keyword for a lock: a new one by its kind, or that of another name."""
    if how == "":
        return {}
    if how == "lock=False":
        return {"lock": False}
    if isinstance(how, int):
        return {"lock": _here.names[how].get_lock()}
    return {"lock": OwnLock() if how == "OwnLock" else new_lock(how)}


def _value(type_: Any, length: int, data: bytes) -> Any:
    """Return the value of an object that has `data`; its `length` is -1 if it is no array."""
    if length < 0:
        return type_.from_buffer_copy(data).value
    return data if type_ is ctypes.c_char else list((type_ * length).from_buffer_copy(data))


def _make(
    number: int, make: Callable[..., Any], type_: Any, length: int, lock: Any, initialized: bool
) -> None:
    size = ctypes.sizeof(type_) * abs(length)
    initialized = initialized and type_ in _EXACT and 0 < size <= _SHORT
    args: tuple[Any, ...] = () if length < 0 else (length,)
    if initialized:
        args = (_value(type_, length, written_by(number, number, size)),)
    _here.add(number, number, make(type_, *args, **_lock_of(lock)))
    _here.expect_disjoint(number)
    if initialized:
        _here.note_own(number, number)
        return
    _here.expect_zeros(number)
    _here.write(number, number)


def _copy(number: int, on: int, copy: Callable[..., Any]) -> None:
    _here.add(number, number, copy(_here.names[on]))
    _here.expect_disjoint(number)
    got, due = (bytes_of(_here.spans[one]) for one in (number, _here.memory_of[on]))
    if got != due:
        raise Wrong(CONTENTS, f"o{number} is a copy of o{on}, and has the bytes {got[:24]!r}")
    _here.write(number, number)


def _wrap(number: int, on: int, synchronized: Callable[..., Any], lock: Any) -> None:
    given = _lock_of(lock).values()
    wrapper = synchronized(_here.names[on], *given)
    expect_data(object_of(wrapper))
    _here.add(number, _here.memory_of[on], wrapper)


def _view(number: int, on: int, how: str) -> None:
    obj = object_of(_here.names[on])
    if how in PARTS:
        view = _part_of(obj)
    elif _IS_PYPY and how in BUFFERS:
        view = obj  # whether a buffer keeps its object is said by a clause of its own
    else:
        view = _VIEWS[how](obj)
    _here.add(number, _here.memory_of[on], view)


def _part_of(obj: Any) -> Any:
    """Return a part that is an object itself; the object if there is none."""
    if isinstance(obj, ctypes.Array):
        return obj[0] if len(obj) and _is_object(obj._type_) else obj
    parts = (name for name, type_, *_ in getattr(type(obj), "_fields_", ()) if _is_object(type_))
    return getattr(obj, next(parts, ""), obj)


def _is_object(type_: Any) -> bool:
    """Return whether a part of a type is an object; what is in arrays of characters is a text."""
    if issubclass(type_, ctypes.Array):
        return type_._type_ not in (ctypes.c_char, ctypes.c_wchar)
    return issubclass(type_, (ctypes.Structure, ctypes.Union))


def _refuse(make: Callable[..., Any], type_: Any, argument: Any) -> None:
    # Whether it has to be refused is said by other clauses; otherwise it is dropped.
    with contextlib.suppress(Exception):
        make(type_, argument)


# Writing and dropping.


def _write(on: int, version: int) -> None:
    _here.write(_here.memory_of[on], version)


def _assign(on: int, version: int) -> None:
    """Write to an object through its wrapper; in a block of it where bytes make no values."""
    wrapper, memory = _here.names[on], _here.memory_of[on]
    _expect_free(wrapper)
    raw = wrapper.get_obj()
    size = ctypes.sizeof(raw)
    length = len(raw) if isinstance(raw, ctypes.Array) else -1
    type_ = raw._type_ if length >= 0 else type(raw)
    if type_ not in _EXACT or not 0 < size <= _SHORT:
        with wrapper:
            _here.write(memory, version)
        return
    value = _value(type_, length, written_by(memory, version, size))
    if length < 0:
        wrapper.value = value
    else:
        wrapper[:] = value
    _here.note_own(memory, version)


def _drop(on: int, how: str) -> None:
    obj = _here.remove(on)
    if how == "in a cycle":
        cell = [obj]
        cell.append(cell)
        del cell
    del obj
    if _IS_PYPY and not how:
        gc.collect()  # where nothing is freed at once


def _collect(how: str) -> None:
    if how == "gc.collect()":
        gc.collect()
    elif how == "gc.disable()":
        gc.disable()
    else:
        gc.enable()


def _open(number: int) -> None:
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open until the program ends
    data = written_by(number, number, 100)
    file.write(data)
    _here.files.append((file, data))


# Locks.


def _expect_free(wrapper: Any) -> None:
    """Raise Wrong for a lock that this thread would have to wait for."""
    acquired = wrapper.acquire(False)
    if acquired is not True:
        raise Wrong(LOCKS, f"the lock is free, or its own, and acquire(False) gave {acquired!r}")
    wrapper.release()


def _acquire(on: int, how: str) -> None:
    wrapper = _here.names[on]
    _expect_free(wrapper)
    if how == "__enter__()":
        wrapper.__enter__()
    elif how == "get_lock().acquire()":
        wrapper.get_lock().acquire()
    else:
        wrapper.acquire(*((False,) if how == "acquire(False)" else ()))


def _try(on: int) -> None:
    acquired = _here.names[on].acquire(False)
    if acquired is not False:
        raise Wrong(LOCKS, f"somebody else holds the lock, and this gave {acquired!r}")


def _release(on: int, how: str) -> None:
    if how == "__exit__()":
        _here.names[on].__exit__(None, None, None)
    else:
        _here.names[on].release()


# Forking.


def _fork(
    number: int, names: Sequence[int], makes: Sequence[tuple[Callable[..., Any], Any, int]]
) -> None:
    """Fork a process that writes to objects, makes others, drops some and ends."""
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
        raise Wrong(RAISED, f"a process forked by os.fork() ended with the status {status}")
    if said:
        wrong, _, text = said.partition(" ")
        raise Wrong(wrong, f"in a process forked by os.fork(), {text}")
    for name in names:
        _here.note(_here.memory_of[name], number)


def _done_in_fork(
    number: int, names: Sequence[int], makes: Sequence[tuple[Callable[..., Any], Any, int]]
) -> str:
    """Return what is wrong, in a process that ends then: "" for nothing."""
    try:
        for name in names:
            _write(name, number)
        for place, (make, type_, length) in enumerate(makes):
            # A process that was not started as a child may be refused objects.
            with contextlib.suppress(Exception):
                obj = make(type_, length)
                new = -2 - place
                _here.add(new, new, obj)
        for new in [name for name in _here.names if name < 0]:
            _here.expect_disjoint(new)
            _here.expect_zeros(new)
            _here.write(new, number)
        for name in list(_here.names)[::2]:
            _drop(name, "")
        _here.look(at_all=True)
    except Wrong as wrong:
        return " ".join(wrong.args)
    return ""


_DO: dict[str, Callable[..., None]] = {
    "make": _make,
    "copy": _copy,
    "synchronized": _wrap,
    "view": _view,
    "refuse": _refuse,
    "write": _write,
    "assign": _assign,
    "drop": _drop,
    "collect": _collect,
    "file": _open,
    "acquire": _acquire,
    "try": _try,
    "release": _release,
    "fork": _fork,
}
