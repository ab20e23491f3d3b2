"""The guardian: the parent of a program that the suite starts, in a process between the two.

A process that loses its parent would become a child of the system's first process, and nothing
would tell whose it was: a daemon has a session of its own, and may have an environment of its own.
The guardian adopts such orphans, where the system lets it (`PR_SET_CHILD_SUBREAPER`). So everything
that a program has started descends from its guardian, as long as that lives. The suite itself
adopts nobody: that is a setting of a whole process, and this one may be a user's.

It is run by its path, and imports little: it is started as often as a program.
"""

from __future__ import annotations

import ctypes
import marshal
import os
import resource
import signal
import sys

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER
ADOPTS = sys.platform == "linux"

# Bytes.
_LARGEST_FILE = 1 << 48

# Whoever signals its parent, or the parent's group, does not end the guardian by that.
_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _adopt_orphans() -> None:
    if ADOPTS:
        ctypes.CDLL(None).prctl(_ADOPT, *map(ctypes.c_ulong, (1, 0, 0, 0)))


def _limit_files() -> None:
    """Limit the size of files, in the program and what it starts, to more than any machine has.

    A backend that allocates memory by filling a file would be refused an absurd size only when
    there is no memory left, and the system had ended other processes to obtain some.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if soft == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, hard))


def _become_program(control: int, refusal: int) -> None:
    """Become the program that is read from `control`, in a session of its own.

    It gets no signal ignored or blocked: a `nohup`, or a parent that does not wait for its
    children, must not decide what is found. If it cannot be run, the error number is written.
    """
    os.setsid()
    _limit_files()
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    with open(control, "rb") as sent:
        given = sent.read()
    if given:  # nothing is sent by a suite that has been killed
        command, environment = marshal.loads(given)  # noqa: S302 - the suite's own
        try:
            os.execve(command[0], command, environment)  # noqa: S606 - what the user named
        except OSError as problem:
            os.write(refusal, b"%d" % (problem.errno or 0))


def main(control: int, refusal: int) -> None:
    """Start a program, report its pid and how it ended, and wait for what it has left."""
    for descriptor in (control, refusal):
        os.set_inheritable(descriptor, False)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    _adopt_orphans()
    program = os.fork()
    if program == 0:
        try:
            _become_program(control, refusal)
        finally:
            os._exit(1)
    os.close(refusal)
    # The program's output has ended when the program has.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.chdir("/")
    _report(control, program)
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            return
        if pid == program:
            _report(control, os.waitstatus_to_exitcode(status))


def _report(control: int, number: int) -> None:
    try:
        os.write(control, b"%d\n" % number)
    except OSError:
        # The suite has been killed.
        return


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
