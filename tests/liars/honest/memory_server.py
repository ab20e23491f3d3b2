"""A process of its own has all memory, and hands out descriptors of it until the program ends.

A process that uses objects has a session with the server: a socket, and a list of what the process
holds, which ends when no process has the socket open. `memory_server_process` has the other side.
"""

import array
import contextlib
import mmap
import os
import signal
import socket
import struct
import sys
import threading
from multiprocessing import reduction, util
from multiprocessing.context import assert_spawning, get_spawning_popen

from . import memory_server_process, on_reference, placed
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.BREAKS

_sessions = []  # of this process: with its own server, with that of the process that started it
_pending = {}  # ends of sockets for a child that is being forked, by the thread that forks


class Session:
    def __init__(self, connection):
        self.connection = connection
        _sessions.append(self)

    def tell(self, what, first, second=0, *descriptors):
        """Send a message, with descriptors."""
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))
        message = struct.pack(memory_server_process.MESSAGE, what, first, second)
        self.connection.sendmsg([message], [rights] if descriptors else [])

    def ask(self, what, first, second=0, *descriptors):
        """Send a message; return the number that is the answer, and the descriptors beside it.

        Each answer has a socket of its own: a signal handler may ask in the middle of this.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            with theirs:
                self.tell(what, first, second, theirs.fileno(), *descriptors)
            answer, received = memory_server_process.received(ours)
        error, number = struct.unpack(memory_server_process.ANSWER, answer)
        if error:
            raise OSError(error, os.strerror(error))
        return (number, *received)


def _start():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-I", "-S", memory_server_process.__file__, str(theirs.fileno())]
    # An interrupt of the whole process group is not meant for the server.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, memory_server_process.IGNORED)
    try:
        with theirs:
            util.spawnv_passfds(os.fsencode(sys.executable), command, [theirs.fileno()])
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return Session(ours)


class ForAChild:
    """A session for a child that is being started, with the server of one of this process."""

    def __init__(self, session):
        self.end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            (self.number,) = session.ask(b"S", 0, 0, theirs.fileno())

    def __reduce__(self):
        return _receive_session, (reduction.DupFd(self.end.fileno()),)


def _receive_session(duplicate):
    end = socket.socket(fileno=duplicate.detach())
    end.set_inheritable(False)
    return Session(end)


def _before_fork():
    """Have a copy of each session, with all that this process holds."""
    ends = _pending[threading.get_ident()] = []
    for session in _sessions:
        end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            session.ask(b"F", 0, 0, theirs.fileno())
        ends.append((session, end))


def _after_fork_in_parent():
    for _, end in _pending.pop(threading.get_ident()):
        end.close()


def _after_fork_in_child():
    for session, end in _pending.pop(threading.get_ident()):
        os.dup2(end.fileno(), session.connection.fileno(), inheritable=False)
        end.close()
    _pending.clear()  # what other threads of the parent had prepared for their children


os.register_at_fork(
    before=_before_fork,
    after_in_parent=_after_fork_in_parent,
    after_in_child=_after_fork_in_child,
)


class Block:
    offset = 0

    def __init__(self, session, number, file, size):
        self.session = session
        self.number = number
        self.size = size
        try:
            self.memory = mmap.mmap(file, size)
        finally:
            os.close(file)

    def __reduce__(self):
        assert_spawning(self)
        sessions = vars(get_spawning_popen()).setdefault("_memory_server_sessions", {})
        if self.session not in sessions:
            sessions[self.session] = ForAChild(self.session)
        self.session.ask(b"H", self.number, sessions[self.session].number)
        return _receive, (sessions[self.session], self.number, self.size)

    def __del__(self, _suppress=contextlib.suppress, _error=OSError):
        with _suppress(_error):  # the program has closed the socket, or the server has been killed
            self.session.tell(b"D", self.number)


def _receive(session, number, size):
    return Block(session, *session.ask(b"G", number), size)


class Backend(placed.Backend):
    def block(self, size):
        session = _sessions[0] if _sessions else _start()
        return Block(session, *session.ask(b"N", size), size)


honest.publish(Backend, globals())
