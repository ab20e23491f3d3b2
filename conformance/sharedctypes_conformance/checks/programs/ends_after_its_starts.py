"""The program comes to its last line while its two children still start.

Each of these writes at a place of its own, waits for what the other one writes, and prints what it
sees. They are slow to come up: the program is at its end before they look for their objects.
"""

from __future__ import annotations

import os
import tempfile
import time
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

PAUSE = 0.3
SECONDS = 10
BEFORE, AFTER = {(0, 0), (1, 1)}, {(0, 20), (1, 21)}

contexts = import_contexts()


def path_at_its_end() -> str:
    """Return the path of what exists when the program has come to its end, in any process."""
    if "AT_ITS_END" not in os.environ:
        os.environ["AT_ITS_END"] = os.path.join(tempfile.mkdtemp(), "end")
    return os.environ["AT_ITS_END"]


def await_the_end_of_the_program() -> None:
    until = time.monotonic() + SECONDS
    while not os.path.exists(path_at_its_end()) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(PAUSE)  # a moment for what it does after its last line


def work(number: int, *objects: Any) -> None:
    await_the_end_of_the_program()
    for obj in objects:
        if hasattr(obj, "get_lock"):
            with obj.get_lock():
                obj[number] += 20
        else:
            obj[number] += 20
    until = time.monotonic() + SECONDS
    seen = [obj[:] for obj in objects]
    while may_still_change(seen) and time.monotonic() < until:
        time.sleep(0.01)
        seen = [obj[:] for obj in objects]
    say("sees", seen)


def may_still_change(seen: list[list[int]]) -> bool:
    # What nobody has written will not change to what is waited for.
    items = {(place, one) for array in seen for place, one in enumerate(array)}
    return items != AFTER and items <= BEFORE | AFTER


if __name__ != "__main__":
    await_the_end_of_the_program()
else:
    at_its_end = path_at_its_end()
    contexts.set_start_method(start_method())
    backend = import_backend()

    kept = [backend.RawArray("i", [0, 1]), backend.Array("i", [0, 1]), backend.Array("d", [0, 1])]
    for number in range(2):
        context = contexts.get_context(start_method())
        context.Process(target=work, args=(number, *kept)).start()
    open(at_its_end, "w").close()
