"""What runs in child processes, and the types that they must be able to import."""

from __future__ import annotations

import copyreg
import ctypes
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from typing import Any

BOUND = 60  # seconds; generous, since reaching it is a failure


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


class Padded(ctypes.Structure):
    _fields_ = [("small", ctypes.c_char), ("big", ctypes.c_double), ("tail", ctypes.c_char)]


class Board(ctypes.Structure):
    _fields_ = [("cells", ctypes.c_int * 3 * 2)]


class Vector(ctypes.c_int * 3):  # type: ignore[misc]
    """An array type with a name of its own."""


def _copied(point: Point) -> tuple[Any, ...]:
    return type(point), (point.x, point.y)


class CopyRegistered(Point):
    """A type whose reducer is registered with `copyreg`; instances are sent as copies."""


class PicklerRegistered(Point):
    """A type whose reducer is registered with the pickler of `multiprocessing`."""


class Reduced(Point):
    __reduce__ = _copied


class ReducedEx(Point):
    def __reduce_ex__(self, _protocol: Any) -> tuple[Any, ...]:
        return _copied(self)


class WithState(Point):
    def __getstate__(self) -> dict[str, float]:
        return {"x": self.x, "y": self.y}

    def __setstate__(self, state: dict[str, float]) -> None:
        self.x, self.y = state["x"], state["y"]


class WithNewArguments(Point):
    def __getnewargs__(self) -> tuple[float, float]:
        return self.x, self.y


class Initialised(Point):
    """A type that is initialised with something else than its fields, which shows each time."""

    def __init__(self, both: float) -> None:
        super().__init__(self.x + both, self.y + both)


class Made(Point):
    def __new__(cls, *_args: float) -> Any:
        raise AssertionError("nobody calls this: a shared object is where its memory is")


copyreg.pickle(CopyRegistered, _copied)
ForkingPickler.register(PicklerRegistered, _copied)
WITH_WAYS_OF_THEIR_OWN = (
    CopyRegistered,
    PicklerRegistered,
    Reduced,
    ReducedEx,
    WithState,
    WithNewArguments,
    Initialised,
    Made,
)


def run(ctx: Any, target: Callable[..., object], *args: object) -> None:
    """Run the target in a child, without keeping a reference to any argument."""
    process = ctx.Process(target=target, args=args)
    del args
    process.start()
    finish(process)


def finish(process: Any) -> None:
    process.join(BOUND)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError("the child does not end")
    assert process.exitcode == 0
    process.close()


def receive(connection: Any) -> Any:
    assert connection.poll(BOUND), "nobody sends anything"
    return connection.recv()


def write_value(shared: Any, value: object) -> None:
    shared.value = value


def write_items(shared: Any, value: object) -> None:
    shared[0] = value


def write_cell(shared: Any, value: int) -> None:
    shared[1][2] = value


def write_field(shared: Any, value: float) -> None:
    shared.x = value


def write_numbers(objects: list[Any]) -> None:
    for number, shared in enumerate(objects):
        assert shared.value == number
        shared.value = -number


def relay(method: str, target: Callable[..., object], *args: object) -> None:
    run(multiprocessing.get_context(method), target, *args)


def hold(shared: Any, value: object, connection: Any) -> None:
    """Write when told, and read back when told again."""
    connection.send("ready")
    receive(connection)
    shared.value = value
    connection.send("written")
    receive(connection)
    connection.send(shared.value)


def hand_on(method: str, shared: Any, value: object, connection: Any) -> None:
    """Give an object to a child of this one's own, and wait to be ended."""
    context: Any = multiprocessing.get_context(method)
    context.Process(target=hold, args=(shared, value, connection)).start()
    time.sleep(BOUND)


def close_all_and_hold(shared: Any, value: object, connection: Any, path: str) -> None:
    """Close all descriptors but one, as daemons do, and have others by their numbers."""
    mine = connection.fileno()
    os.closerange(3, mine)
    os.closerange(mine + 1, 256)
    files = [os.open(path, os.O_CREAT | os.O_WRONLY) for _ in range(100)]
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    hold(shared, value, connection)
    assert os.fstat(files[0]).st_size == 0, "something was written into a file of the program's"


def class_name(shared: Any, connection: Any) -> None:
    connection.send((type(shared).__name__, len(shared)))


def allocate_and_fill(backend_name: str, shared: list[Any], connection: Any) -> None:
    import importlib

    backend = importlib.import_module(backend_name)
    del shared[::2]  # inherited, and none of this process's business to recycle
    mine = [backend.RawValue("q", -1) for _ in range(2000)]
    connection.send("allocated")
    receive(connection)
    assert all(each.value == -1 for each in mine)


def plain_value(plain: Any, connection: Any) -> None:
    connection.send(plain.value)


def identities(first: Any, again: Any, other: Any, raw: Any, connection: Any) -> None:
    connection.send((first is again, first.get_lock() is other.get_lock(), first.get_obj() is raw))


def killed_holder(shared: Any, connection: Any) -> None:
    shared.acquire()
    connection.send("held")
    receive(connection)
