"""For how long a thread will wait at most, as the system tells.

A thread that waits for a lock without a timeout of its own may still give up, after five seconds
perhaps. It need not be waited for each time to see that: on Linux, the system shows for what a
thread waits, and until when.
"""

from __future__ import annotations

import os
import struct
import sys
import time

# The system call that all locks of the C library wait by, by machine.
_FUTEX = {"x86_64": 202, "aarch64": 98, "riscv64": 98}.get(os.uname().machine)

_OPERATION, _ON_THE_REAL_CLOCK = 0x7F, 0x100
_WAIT, _WAIT_UNTIL = 0, 9

_HAS_LONG_NUMBERS = sys.maxsize > 1 << 32


def seconds_left(pid: int, thread: int) -> float | None:
    """Return how long a thread of a process will wait at most; None for ever, or if nobody knows.

    Such a wait may be one of many.
    """
    if _FUTEX is None or not _HAS_LONG_NUMBERS:
        return None
    try:
        with open(f"/proc/{pid}/task/{thread}/syscall", encoding="ascii") as file:
            number, *arguments = file.read().split()
        if number != str(_FUTEX):
            return None
        operation, address = int(arguments[1], 16), int(arguments[3], 16)
        if not address:
            return None
        memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
        try:
            seconds, nanoseconds = struct.unpack("qq", os.pread(memory, 16, address))
        finally:
            os.close(memory)
    except (OSError, ValueError, IndexError, OverflowError, struct.error):
        return None
    time_given = seconds + nanoseconds / 1e9
    if operation & _OPERATION == _WAIT:
        return float(time_given)
    if operation & _OPERATION == _WAIT_UNTIL:
        is_real = operation & _ON_THE_REAL_CLOCK
        return float(time_given - (time.time() if is_real else time.monotonic()))
    return None
