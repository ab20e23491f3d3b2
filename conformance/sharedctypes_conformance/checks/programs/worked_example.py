"""The worked example of the documentation of `multiprocessing.sharedctypes`.

There it begins with `from multiprocessing.sharedctypes import Value, Array`, and calls `print`.
Here a function creates the objects, and the process comes from the context of a start method.
"""

from __future__ import annotations

from ctypes import Structure, c_double
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

backend = import_backend()
Array, Value = backend.Array, backend.Value

contexts = import_contexts()


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


def modify(n: Any, x: Any, s: Any, points: Any) -> None:
    n.value **= 2
    x.value **= 2
    s.value = s.value.upper()
    for point in points:
        point.x **= 2
        point.y **= 2


def main() -> None:
    contexts.set_start_method(start_method())
    context = contexts.get_context(start_method())
    lock = context.Lock()
    n = Value("i", 7)
    x = Value(c_double, 1.0 / 3.0, lock=False)
    s = Array("c", b"hello world", lock=lock)
    points = Array(Point, [(1.875, -6.25), (-5.75, 2.0), (2.375, 9.5)], lock=lock)
    child = context.Process(target=modify, args=(n, x, s, points))
    child.start()
    child.join()
    say(n.value)
    say(x.value)
    say(s.value)
    say([(point.x, point.y) for point in points])


if __name__ == "__main__":
    main()
