"""Area `lifetime`: a program that has come to its last line while its children still start."""

from __future__ import annotations

from ...stage.findings import NotKept
from ...stage.program import expect_children_of_programs, run_program
from ...stage.stage import Stage
from ..kit.check import check

# Two children, each of which writes at its own place and waits for what the other one writes. They
# are slow to come up: the program is at its end before they look for their objects.
_ENDS_AFTER_ITS_STARTS = """\
import os
import sys
import time

import {contexts} as contexts

AT_ITS_END = __file__ + ".end"
PAUSE = 0.3
SECONDS = 10
BEFORE, AFTER = {{(0, 0), (1, 1)}}, {{(0, 20), (1, 21)}}


def await_the_end_of_the_program():
    until = time.monotonic() + SECONDS
    while not os.path.exists(AT_ITS_END) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(PAUSE)  # a moment for what it does after its last line


def work(number, *objects):
    await_the_end_of_the_program()
    for obj in objects:
        if hasattr(obj, "get_lock"):
            with obj.get_lock():
                obj[number] += 20
        else:
            obj[number] += 20
    until = time.monotonic() + SECONDS
    seen = [obj[:] for obj in objects]
    while is_on_the_way(seen) and time.monotonic() < until:
        time.sleep(0.01)
        seen = [obj[:] for obj in objects]
    print("sees", seen)


def is_on_the_way(seen):
    # What nobody has written will not change to what is waited for.
    items = {{(place, one) for array in seen for place, one in enumerate(array)}}
    return items != AFTER and items <= BEFORE | AFTER


if __name__ != "__main__":
    await_the_end_of_the_program()
else:
    contexts.set_start_method(sys.argv[1])
    from {backend} import Array, RawArray

    kept = [RawArray("i", [0, 1]), Array("i", [0, 1]), Array("d", [0, 1])]
    for number in range(2):
        context = contexts.get_context(sys.argv[1])
        context.Process(target=work, args=(number, *kept)).start()
    open(AT_ITS_END, "w").close()
"""


@check("lifetime.children-keep-what-an-ending-program-has")
def test_ending_program(stage: Stage) -> None:
    expect_children_of_programs(stage.target)
    printed, said = run_program(stage, _ENDS_AFTER_ITS_STARTS, "RawArray", "Array")
    if printed != ["sees [[20, 21], [20, 21], [20.0, 21.0]]"] * 2:
        raise NotKept(
            "of two children that a program had started when it came to its last line, each should "
            f"see what the other one writes, but they printed {printed} and ended with "
            f"{'; '.join(said) or 'no exception'}"
        )
