"""The program does what daemons and servers do, then creates objects and shares them.

The variant is one of `CIRCUMSTANCES`. Prints what is wrong, or a line that begins with "cannot: "
where something cannot be done in the circumstance, whether or not anything is shared.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sharedctypes_program import import_backend, import_contexts, say, start_method, variant

contexts = import_contexts()

SECONDS = 20
FIRST, THEN = [1, 2], [3, 4]

opened: list[int] = []


def do_nothing() -> None:
    pass


def close_standard_input() -> None:
    os.close(0)


def work_elsewhere() -> None:
    tempfile.tempdir = tempfile.mkdtemp()
    os.chdir(tempfile.tempdir)


def open_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
    opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(1100))


def ignore_sigchld() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def handle_interrupts() -> None:
    # A process that was started in the background ignores SIGINT, and so would its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupt_the_group() -> None:
    if TYPE_CHECKING:
        from sharedctypes_conformance.actors.system import process_states
    else:
        from sharedctypes_actors.system import process_states  # its name in the target interpreter

    if os.getpgrp() != os.getpid():
        raise OSError("the process group has other members, which must not be interrupted")
    signal.signal(signal.SIGINT, lambda *_: None)
    # Wait until the helpers of the start method ignore SIGINT.
    process_states.fall_asleep(SECONDS)
    os.killpg(0, signal.SIGINT)
    process_states.fall_asleep(SECONDS)


class Circumstance(NamedTuple):
    """What a program does before the backend is imported, and after it has created two objects.

    If it is `busy`, these are passed to a child in between, so that all helpers of the start method
    run. If it is `alone`, no child is started.
    """

    before: Callable[[], None] = do_nothing
    between: Callable[[], None] = do_nothing
    busy: bool = False
    alone: bool = False


CIRCUMSTANCES = {
    # The first descriptor that is opened is 0, which `if descriptor:` takes for none.
    "closes its standard input": Circumstance(before=close_standard_input),
    # A name relative to the working directory is not found in the child. No umask is set: one that
    # takes rights from the owner denies a spawned child the standard library's semaphores too.
    "works elsewhere": Circumstance(between=work_elsewhere),
    # select() accepts no descriptor above 1023.
    "has many files open": Circumstance(between=open_many_files, busy=True),
    # waitpid() raises for children that have ended, those of a backend too. Nothing else is judged,
    # since a program that ignores the signal cannot join its own children.
    "ignores SIGCHLD": Circumstance(before=ignore_sigchld, alone=True),
    # Every process of the group, such as a helper, gets the interrupt too, and it may kill it.
    "handles an interrupt of its group": Circumstance(
        before=handle_interrupts, between=interrupt_the_group, busy=True
    ),
}


def make() -> list[Any]:
    backend = import_backend()
    return [backend.RawArray("i", 2), backend.Array("i", 2)]


def use(objects: list[Any]) -> list[Any]:
    for obj in objects:
        obj[:] = FIRST
    return [obj[:] for obj in objects]


def change(objects: list[Any]) -> None:
    seen = [obj[:] for obj in objects]
    if seen != [FIRST] * len(objects):
        say("a child saw", seen, "where each should be", FIRST)
    for obj in objects:
        obj[:] = THEN
    time.sleep(0.1)  # the parent creates and drops others meanwhile
    if seen != [FIRST] * len(objects):
        sys.exit(1)


def run(target: Callable[..., None], *args: Any) -> object:
    """Return the exit code of a child, or a text if it had to be terminated."""
    process = contexts.get_context(start_method()).Process(target=target, args=args)
    process.start()
    if args:
        make()
        make()
    process.join(SECONDS)
    if process.exitcode is None:
        process.terminate()
        return "None (it hung)"
    return process.exitcode


def can(what: Callable[..., object], *args: Any) -> bool:
    """Return whether something can be done; print it if not."""
    try:
        code = what(*args)
    except Exception as raised:
        code = describe(raised)
    if code:
        say("cannot: " + str(code))
    return not code


def describe(raised: Exception) -> str:
    return "raised " + type(raised).__name__ + ": " + str(raised)


def make_and_use(objects: list[Any]) -> str:
    """Add two objects; return what is wrong with them, "" if nothing is."""
    try:
        objects += make()
        seen = use(objects)
    except Exception as raised:
        return "creating and using objects " + describe(raised)
    if seen != [FIRST] * len(objects):
        return "it read " + str(seen) + " where it wrote " + str(FIRST)
    return ""


def share(objects: list[Any]) -> str:
    """Pass objects to a child; return what is wrong then, "" if nothing is."""
    try:
        code = run(change, objects)
        seen = [obj[:] for obj in objects]
    except Exception:
        traceback.print_exc()
        return "sharing objects raised an exception"
    if code:
        return "a child with objects gave exit code " + str(code) + ", should be 0"
    if seen != [THEN] * len(objects):
        return "it saw " + str(seen) + " where a child wrote " + str(THEN)
    return ""


def main() -> None:
    circumstance = CIRCUMSTANCES[variant()]
    if not can(circumstance.before):
        return
    objects: list[Any] = []
    problem = make_and_use(objects)
    if circumstance.busy and not can(run, change, objects):
        return  # whether objects are shared at all is judged elsewhere
    if not can(circumstance.between):
        return
    problem = problem or make_and_use(objects)
    if not circumstance.alone:
        if not can(run, do_nothing):
            return
        problem = problem or share(objects)
    if problem:
        say(problem)


if __name__ == "__main__":
    contexts.set_start_method(start_method())
    main()
