"""The program reaches its last line while its two children still start.

Each child writes an item of its own, waits for what the other one writes, and prints what it sees.
They are slow to start: the program reaches its end before they look for their objects.
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
    """Return the path of a file that the program creates at its end; the same in each process."""
    if "AT_ITS_END" not in os.environ:
        os.environ["AT_ITS_END"] = os.path.join(tempfile.mkdtemp(), "end")
    return os.environ["AT_ITS_END"]


def wait_for_end_of_program() -> None:
    until = time.monotonic() + SECONDS
    while not os.path.exists(path_at_its_end()) and time.monotonic() < until:
        time.sleep(0.01)  # a file is all that tells of the end
    time.sleep(PAUSE)  # for what the program does after its last line


def work(number: int, *objects: Any) -> None:
    wait_for_end_of_program()
    for obj in objects:
        if hasattr(obj, "get_lock"):
            with obj.get_lock():
                obj[number] += 20
        else:
            obj[number] += 20
    until = time.monotonic() + SECONDS
    seen = [obj[:] for obj in objects]
    while may_still_change(seen) and time.monotonic() < until:
        time.sleep(0.01)  # a raw object cannot be waited on
        seen = [obj[:] for obj in objects]
    say("sees", seen)


def may_still_change(seen: list[list[int]]) -> bool:
    # An item that none of the children writes will never become what is waited for.
    items = {(place, one) for array in seen for place, one in enumerate(array)}
    return items != AFTER and items <= BEFORE | AFTER


if __name__ != "__main__":
    wait_for_end_of_program()
else:
    at_its_end = path_at_its_end()
    contexts.set_start_method(start_method())
    backend = import_backend()

    objects = [
        backend.RawArray("i", [0, 1]),
        backend.Array("i", [0, 1]),
        backend.Array("d", [0, 1]),
    ]
    for number in range(2):
        context = contexts.get_context(start_method())
        context.Process(target=work, args=(number, *objects)).start()
    open(at_its_end, "w").close()
