"""The example of shared memory in the introduction of the documentation of `multiprocessing`.

There it begins with `from multiprocessing import Process, Value, Array`, and calls `print`.
"""

from __future__ import annotations

from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

backend = import_backend()
Array, Value = backend.Array, backend.Value

contexts = import_contexts()


def f(n: Any, a: Any) -> None:
    n.value = 3.1415927
    for i in range(len(a)):
        a[i] = -a[i]


if __name__ == "__main__":
    contexts.set_start_method(start_method())
    context = contexts.get_context(start_method())
    num = Value("d", 0.0)
    arr = Array("i", range(10))

    p = context.Process(target=f, args=(num, arr))
    p.start()
    p.join()

    say(num.value)
    say(arr[:])
