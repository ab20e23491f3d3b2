"""Every access is locked, once; everything a structure has is there; nothing else is."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .backend import MODULE, backend
from .targets import BOUND, Point


class Spy:
    """A lock that counts, is false, and equals everything."""

    def __init__(self) -> None:
        self.depth = 0
        self.pairs = 0

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def acquire(self) -> str:
        self.depth += 1
        return "acquired"

    def release(self) -> None:
        self.depth -= 1
        self.pairs += 1

    def __enter__(self) -> str:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class Bare:
    """A lock that is no context manager."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def acquire(self) -> None:
        self.calls.append("acquire")

    def release(self) -> None:
        self.calls.append("release")


class Base(ctypes.Structure):
    _fields_ = [("inherited", ctypes.c_int)]


class Either(ctypes.Union):
    _fields_ = [("whole", ctypes.c_int), ("real", ctypes.c_float)]


class Whole(Base):
    _anonymous_ = ("either",)
    _fields_ = [
        ("own", ctypes.c_int),
        ("either", Either),
        ("class", ctypes.c_int),
        ("two words", ctypes.c_int),
        ("_obj", ctypes.c_int),
        ("_lock", ctypes.c_int),
        ("value", ctypes.c_int),
    ]


class Empty(ctypes.Structure):
    pass


def test_a_lock_is_taken_for_what_it_is() -> None:
    locks: list[Any] = [Spy(), Bare(), threading.Lock(), threading.Condition()]
    for lock in locks:
        wrapper = backend.Value("i", 3, lock=lock)
        assert wrapper.get_lock() is lock
        assert backend.Array("i", 2, lock=lock).get_lock() is lock
        assert backend.synchronized(wrapper.get_obj(), lock).get_lock() is lock
        assert wrapper.value == 3


@pytest.mark.parametrize("lock", ["no lock", 0, 3.5, "", object(), object])
def test_what_is_no_lock_is_refused(lock: object) -> None:
    with pytest.raises(AttributeError):
        backend.Value("i", lock=lock)
    with pytest.raises(AttributeError):
        backend.Array("i", 1, lock=lock)


ACCESSES: list[tuple[Callable[[Any], Any], Callable[[Any], Any]]] = [
    (lambda lock: backend.Value("i", 1, lock=lock), lambda w: w.value),
    (lambda lock: backend.Value("i", 1, lock=lock), lambda w: setattr(w, "value", 4)),
    (lambda lock: backend.Value("i", 1, lock=lock), lambda w: setattr(w, "value", "no")),
    (lambda lock: backend.Array("i", 3, lock=lock), lambda w: w[1]),
    (lambda lock: backend.Array("i", 3, lock=lock), lambda w: w[9]),
    (lambda lock: backend.Array("i", 3, lock=lock), lambda w: w[:]),
    (lambda lock: backend.Array("i", 3, lock=lock), lambda w: w.__setitem__(1, 2)),
    (lambda lock: backend.Array("i", 3, lock=lock), lambda w: w.__setitem__(slice(0, 2), [1])),
    (lambda lock: backend.Array("c", 3, lock=lock), lambda w: w.value),
    (lambda lock: backend.Array("c", 3, lock=lock), lambda w: w.raw),
    (lambda lock: backend.Array("c", 3, lock=lock), lambda w: setattr(w, "raw", b"long one")),
    (lambda lock: backend.Value(Whole, lock=lock), lambda w: w.inherited),
    (lambda lock: backend.Value(Whole, lock=lock), lambda w: setattr(w, "real", 2)),
]


@pytest.mark.parametrize(("make", "access"), ACCESSES)
def test_each_access_takes_the_lock_once_and_gives_it_back(
    make: Callable[[Any], Any], access: Callable[[Any], Any]
) -> None:
    lock = Spy()
    wrapper = make(lock)
    repr(wrapper), wrapper.get_obj(), wrapper.get_lock()
    if isinstance(wrapper, backend.SynchronizedArray):
        len(wrapper)
    assert lock.pairs == 0
    with contextlib.suppress(TypeError, ValueError, IndexError):
        access(wrapper)
    assert (lock.pairs, lock.depth) == (1, 0)
    bare = Bare()
    with contextlib.suppress(TypeError, ValueError, IndexError):
        access(make(bare))
    assert bare.calls == ["acquire", "release"]


def test_with_on_the_wrapper_is_with_on_the_lock() -> None:
    lock = Spy()
    wrapper = backend.Value("i", lock=lock)
    with wrapper as entered:
        assert (entered, lock.depth) == ("acquired", 1)
    with contextlib.ExitStack() as stack:
        assert stack.enter_context(wrapper) == "acquired"
        assert lock.depth == 1
    assert lock.depth == 0
    with pytest.raises(ZeroDivisionError), wrapper:
        raise ZeroDivisionError
    assert lock.depth == 0
    default = backend.Value("i")
    with default as entered, default:
        assert entered is True
    assert default.acquire == default.get_lock().acquire
    with pytest.raises(AssertionError):
        default.release()


@pytest.mark.parametrize("given", ["", ", ctx=multiprocessing.get_context()"])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_the_first_lock_leaves_signals_blocked(method: str, given: str) -> None:
    program = f"""
import multiprocessing, signal
import {MODULE} as backend
multiprocessing.set_start_method({method!r})
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
shared = backend.Value("i"{given})
with shared:
    print(sorted(map(int, signal.pthread_sigmask(signal.SIG_BLOCK, []))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=BOUND, check=False
    )
    assert (done.stdout, done.stderr) == ("[2, 15]\n", "")


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_locks_do_without_a_descriptor_for_errors(method: str) -> None:
    program = f"""
import io, multiprocessing, sys
import {MODULE} as backend
multiprocessing.set_start_method({method!r})
class Stream(io.StringIO):
    def fileno(self):
        return -1
sys.stderr = stream = Stream()
shared = backend.Value("i", 7)
print(shared.value, sys.stderr is stream)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=BOUND, check=False
    )
    assert (done.stdout, done.stderr) == ("7 True\n", "")


def test_a_wrapper_made_directly_has_a_lock_of_its_own() -> None:
    for wrapper in (
        backend.Synchronized(backend.RawValue("i", 3)),
        backend.SynchronizedString(backend.RawArray("c", b"ab")),
    ):
        with wrapper.get_lock():
            assert wrapper.value in (3, b"ab")


FIELDS = ["inherited", "own", "whole", "class", "two words", "_obj", "_lock", "value"]


@given(st.sampled_from(FIELDS), st.integers(-(2**31), 2**31 - 1))
def test_every_field_is_there(name: str, number: int) -> None:
    lock = Spy()
    wrapper = backend.Value(Whole, lock=lock)
    setattr(wrapper, name, number)
    assert getattr(wrapper.get_obj(), name) == number
    assert getattr(wrapper, name) == number
    assert lock.pairs == 2


@pytest.mark.parametrize("name", ["acquire", "release", "get_obj", "get_lock", "__enter__"])
def test_a_field_that_hides_a_method_is_refused(name: str) -> None:
    type_ = type("Clash", (ctypes.Structure,), {"_fields_": [(name, ctypes.c_int)]})
    with pytest.raises(TypeError, match=name):
        backend.Value(type_)
    assert getattr(backend.RawValue(type_, 4), name) == 4


def test_structures_without_fields() -> None:
    assert type(backend.Value(Empty)).__name__ == "SynchronizedEmpty"


def test_unknown_attributes_are_refused() -> None:
    for wrapper in (backend.Value("i"), backend.Array("u", "ab"), backend.Value(Point)):
        for name in ("vaule", "get_obj", "get_lock", "raw"):
            with pytest.raises(AttributeError):
                setattr(wrapper, name, 1)
        with pytest.raises(AttributeError):
            wrapper.vaule  # noqa: B018
        assert weakref.ref(wrapper)() is wrapper
        assert {wrapper: 1}[wrapper] == 1
    with pytest.raises(AttributeError):
        del backend.Value("i").value


def test_classes_of_wrappers() -> None:
    point = backend.Value(Point, 1, 2)
    assert type(point).__bases__ == (backend.SynchronizedBase,)
    assert type(point) is type(backend.Value(Point))
    assert type(backend.Array("c", 3)) is backend.SynchronizedString
    assert type(backend.Array("u", 3)) is backend.SynchronizedArray
    assert repr(backend.Value("i", 5)) == "<Synchronized wrapper for c_int(5)>"
    public = [name for name in dir(point) if not name.startswith("_")]
    assert public == ["acquire", "get_lock", "get_obj", "release", "x", "y"]


def test_wrapper_classes_die_with_their_types() -> None:
    type_ = type("Brief", (ctypes.Structure,), {"_fields_": [("x", ctypes.c_int)]})
    alive = weakref.ref(type(backend.Value(type_)))
    del type_
    for _ in range(4):
        gc.collect()
    assert alive() is None


@pytest.mark.parametrize("type_", [ctypes.POINTER(ctypes.c_int), ctypes.CFUNCTYPE(None)])
def test_what_no_wrapper_could_serve_is_refused(type_: Any) -> None:
    with pytest.raises((AttributeError, TypeError)):
        backend.Value(type_)
    with pytest.raises((AttributeError, TypeError)):
        backend.synchronized(type_())
    for odd in (5, None, [1], Point):
        with pytest.raises((AttributeError, TypeError)):
            backend.synchronized(odd)


@pytest.mark.parametrize("options", [[], ["-O"]])
def test_wrapping_twice_is_refused_under_optimisation_too(options: list[str]) -> None:
    program = f"""if True:
        import sys
        sys.path[:0] = {sys.path!r}
        import {MODULE} as backend
        for wrapper in (backend.Value("i"), backend.Array("i", 2)):
            try:
                backend.synchronized(wrapper)
            except Exception as error:
                print(isinstance(error, AssertionError), error)
        """
    done = subprocess.run(
        [sys.executable, *options, "-c", program],
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True object already synchronized\n" * 2, "")


@contextlib.contextmanager
def interrupts(seconds: float) -> Iterator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise InterruptedError

    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@pytest.mark.skipif(
    sys.implementation.name != "cpython",
    reason="PyPy handles signals between taking a lock and counting it",
)
def test_an_interrupt_leaves_the_lock_free() -> None:
    wrapper = backend.Value("i", 0)
    for number in range(400):
        with contextlib.suppress(InterruptedError), interrupts(1e-4 + number % 7 * 1e-5):
            while True:
                wrapper.value = 1
                wrapper.value  # noqa: B018
        assert wrapper.get_lock()._semlock._count() == 0


ITEMS = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=6)


@given(ITEMS, st.slices(6), ITEMS)
def test_slices_behave_as_those_of_ctypes(
    start: list[int], where: slice, replacement: list[int]
) -> None:
    ordinary = (ctypes.c_int * len(start))(*start)
    wrapper = backend.Array("i", start, lock=Spy())
    assert wrapper[where] == ordinary[where]
    outcomes: list[str | None] = []
    for target in (ordinary, wrapper):
        try:
            target[where] = replacement
            outcomes.append(None)
        except ValueError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]
    assert wrapper[:] == list(wrapper) == ordinary[:]
    assert list(reversed(wrapper)) == ordinary[::-1]
    assert all(item in wrapper for item in ordinary)


@pytest.mark.skipif(backend.__name__ != "sharedctypes_reference", reason="needs a lock's `with`")
def test_what_release_returns_ends_no_exception() -> None:
    class Lock:
        def acquire(self) -> bool:
            return True

        def release(self) -> bool:
            return True

    numbers = backend.Array("i", 3, lock=Lock())
    with pytest.raises(IndexError):
        numbers[10]
    with pytest.raises(ZeroDivisionError), numbers:
        raise ZeroDivisionError
