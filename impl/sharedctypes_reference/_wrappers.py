"""Wrappers: every access to the object happens while its lock is held.

The story: `wrapper_class` chooses the class for a type, and makes one for a Structure or Union.
`SynchronizedBase` holds the object and the lock; its accessors are a `with` statement around one
operation.  Nothing else is done under the lock, and nothing is done without it.

A `with` statement rather than acquire, try, finally: a signal handler may raise between any two
steps of Python code.  Here `with` calls the C method of the lock directly, so that there is no step
between taking the lock and the block that gives it back.  For the same reason `__enter__` and
`__exit__` are no functions that call the lock's, but slots that hold its own methods.
`_entering` says where that is not enough.
"""

from __future__ import annotations

import ctypes
import types
import weakref
from collections.abc import Callable
from multiprocessing import synchronize
from typing import Any

from . import _leases
from ._accessors import locked
from ._entering import enter_of
from ._locks import check_sendable, new_lock
from ._sharing import new, open_passport, passport_of


class _OnTheClass(type):
    """Answers when the class is asked for what its instances keep in slots.

    `contextlib.ExitStack` takes `__enter__` from the class and calls it with the object, so there
    have to be functions.  They cost one step of Python, in which an interrupt may come; `with` does
    not ask for them.
    """

    @property
    def __enter__(cls) -> Callable[..., Any]:
        return _enter

    @property
    def __exit__(cls) -> Callable[..., Any]:  # noqa: PYI036 - not the method, but what has it
        return _exit

    @property
    def acquire(cls) -> Callable[..., Any]:
        """The function that calls the lock's own `acquire`."""
        return _acquire

    @property
    def release(cls) -> Callable[..., Any]:
        """The function that calls the lock's own `release`."""
        return _release


def _enter(wrapper: Any) -> Any:
    return wrapper.__enter__()


def _exit(wrapper: Any, *what: Any) -> Any:
    return wrapper.__exit__(*what)


def _acquire(wrapper: Any, *args: Any, **options: Any) -> Any:
    return wrapper.acquire(*args, **options)


def _release(wrapper: Any) -> Any:
    return wrapper.release()


def lock_methods(lock: Any) -> tuple[Any, Any, Any, Any]:
    """Return the acquire, release, enter and exit of a lock.

    Raises AttributeError for an object without `acquire` and `release`.  The object is never asked
    whether it is true or equal to anything: a lock may be a container that is empty.
    """
    try:
        acquire, release = lock.acquire, lock.release
    except AttributeError:
        raise AttributeError(
            f"{lock!r} is no lock: it has no method 'acquire' or 'release'"
        ) from None
    if type(lock) in (synchronize.Lock, synchronize.RLock):
        inner = lock._semlock
        # Its Python methods only pass the call on; an interrupt in there would leave it held.  One
        # that somebody has instrumented is left as it is.
        if acquire == inner.acquire and release == inner.release:
            recursive = type(lock) is synchronize.RLock
            enter = enter_of(inner, "_is_mine", "_count", recursive)
            return acquire, release, enter, inner.__exit__
    try:
        return acquire, release, lock.__enter__, lock.__exit__
    except AttributeError:
        return acquire, release, acquire, _exit_by(release)


def _exit_by(release: Callable[[], Any]) -> Callable[..., None]:
    """Return an `__exit__`. What `release` returns is not passed on: it would end an exception."""

    def leave(*_: object) -> None:
        release()

    return leave


class SynchronizedBase(metaclass=_OnTheClass):
    """What all wrappers have: the object, the lock, and the lock's methods.

    `lock` is any object with `acquire` and `release`; None makes a new `RLock` of `ctx`, or of the
    default context.  Raises AttributeError for any other.
    Documentation: "The multiprocessing.sharedctypes module", `synchronized`.

    There is no `__dict__`: a misspelt attribute would be stored in this process only, and the
    program would believe that it is shared.
    """

    # `with` and calls find the lock's own methods in slots of their names, without a step of
    # Python: `with v:` takes 0.6 of what properties with these names took, `v.acquire()` half.
    __slots__ = {
        "__enter__": "The lock's own `__enter__`.",
        "__exit__": "The lock's own `__exit__`.",
        "__weakref__": None,
        "_sharedctypes_lock": None,
        "_sharedctypes_obj": None,
        "acquire": "The lock's own `acquire`.",
        "release": "The lock's own `release`.",
    }

    def __init__(self, obj: Any, lock: Any = None, ctx: Any = None) -> None:
        if lock is None:
            lock = new_lock(ctx)
        self._sharedctypes_obj = obj
        self._sharedctypes_lock = lock
        self.acquire, self.release, self.__enter__, self.__exit__ = lock_methods(lock)

    def get_obj(self) -> Any:
        """Return the wrapped object. Takes no lock."""
        return self._sharedctypes_obj

    def get_lock(self) -> Any:
        """Return the lock. Takes it not."""
        return self._sharedctypes_lock

    def __repr__(self) -> str:
        return f"<{type(self).__name__} wrapper for {self._sharedctypes_obj!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        _leases.check_spawning(type(self).__name__)
        check_sendable(self._sharedctypes_lock)
        counter = _leases.keep_counted(self, lambda: new(ctypes.c_size_t))
        obj = self._sharedctypes_obj
        if getattr(obj, "_b_base_", None) is not None:
            # Perhaps a part of a shared object: by itself it would cross as a private copy.
            passport = passport_of(obj)
            if passport is not None:
                return _receive_part, (passport, self._sharedctypes_lock, counter)
        return _receive, (obj, self._sharedctypes_lock, counter)


def _receive(obj: Any, lock: Any, counter: ctypes.c_size_t) -> SynchronizedBase:
    wrapper: SynchronizedBase = synchronized(obj, lock)
    _leases.taken(counter)
    return wrapper


def _receive_part(passport: Any, lock: Any, counter: ctypes.c_size_t) -> SynchronizedBase:
    return _receive(open_passport(passport), lock, counter)


class Synchronized(SynchronizedBase):
    """Wrapper of a simple object, such as `c_int`."""

    __slots__ = ()
    value = locked("value")


class SynchronizedArray(SynchronizedBase):
    """Wrapper of an array. Each item or slice is one locked access; iterating takes one per item.

    An item that is itself a structure or an array comes out as a view, and what is done with the
    view later is not locked.
    """

    __slots__ = ()

    def __len__(self) -> int:
        return len(self._sharedctypes_obj)

    def __getitem__(self, index: Any) -> Any:
        with self:
            return self._sharedctypes_obj[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        with self:
            self._sharedctypes_obj[index] = value


class SynchronizedString(SynchronizedArray):
    """Wrapper of an array of `c_char`."""

    __slots__ = ()
    value = locked("value")
    raw = locked("raw")


class AlreadySynchronizedError(AssertionError, TypeError):
    """A wrapper was given where an object to wrap is wanted.

    An AssertionError, as in the standard library, but one that is raised under `-O` as well.
    """


# ctypes has no public name for it before 3.14.
_Field = type(type("_Probe", (ctypes.Structure,), {"_fields_": [("x", ctypes.c_int)]}).x)  # type: ignore[attr-defined]

# Weakly, and a class refers to fields by name only: neither table grows with types that are gone.
_classes: weakref.WeakKeyDictionary[type, type[SynchronizedBase]] = weakref.WeakKeyDictionary()


def wrapper_class(type_: Any) -> Callable[..., Any]:
    """Return the class of wrappers for objects of a ctypes type.

    Raises AttributeError for a type of which no wrapper could offer anything (pointers, functions,
    anything not from ctypes), and TypeError for a Structure one of whose fields has the name of
    something that a wrapper needs itself.
    """
    if issubclass(type_, SynchronizedBase):
        raise AlreadySynchronizedError("object already synchronized")
    if issubclass(type_, ctypes._SimpleCData):
        return Synchronized
    if issubclass(type_, ctypes.Array):
        return SynchronizedString if type_._type_ is ctypes.c_char else SynchronizedArray
    if not issubclass(type_, (ctypes.Structure, ctypes.Union)):
        message = f"there is no wrapper for objects of type {type_.__name__}"
        raise AttributeError(message)  # noqa: TRY004 - as in the standard library, and caught so
    found = _classes.get(type_)
    # Two threads may both make one; `setdefault` lets both have the same.
    return _classes.setdefault(type_, _make_class(type_)) if found is None else found


def _make_class(type_: type) -> type[SynchronizedBase]:
    # What ctypes has put into the classes is the whole truth: it includes inherited fields, those
    # of anonymous members, and names that are no identifiers.
    fields = [
        name
        for cls in reversed(type_.__mro__)
        for name, attribute in vars(cls).items()
        if isinstance(attribute, _Field)
    ]
    namespace: dict[str, Any] = {"__slots__": (), "__module__": __name__}
    for name in fields:
        if hasattr(SynchronizedBase, name) or (name.startswith("__") and name.endswith("__")):
            # Either the field or the wrapper's method would be out of reach, and which one the
            # program means cannot be known.
            raise TypeError(
                f"{type_.__name__} cannot be wrapped: its field {name!r} has the name of something "
                "that every wrapper has; use a raw object and a lock of your own"
            )
        namespace[name] = locked(name)
    made: type[SynchronizedBase] = types.new_class(
        f"Synchronized{type_.__name__}",
        (SynchronizedBase,),
        exec_body=lambda body: body.update(namespace),
    )
    return made


def synchronized(obj: Any, lock: Any = None, ctx: Any = None) -> Any:
    """Return a wrapper that takes `lock` around each access to the ctypes object `obj`.

    Without `lock` it makes a new `RLock` of `ctx`, or of the default context.
    Raises AssertionError for an object that is a wrapper already, AttributeError for one that is no
    simple object, array, structure or union, and for a `lock` without `acquire` and `release`;
    TypeError for a structure that has a field named like a method of the wrapper.
    Documentation: "The multiprocessing.sharedctypes module".

    A lock whose holder was killed is never given back; `wrapper.acquire(timeout=seconds)` returns
    False then, instead of waiting for ever.
    """
    return wrapper_class(type(obj))(obj, lock, ctx)
