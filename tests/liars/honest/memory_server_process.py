"""The server of `memory_server`, which is run as a program: it ends with its last session.

A session is a socket, and says what its processes hold: objects by their numbers, and how often.
An object is a file in memory, closed when no session holds it any more.
"""

import array
import contextlib
import itertools
import os
import selectors
import signal
import socket
import struct
import sys
from collections import Counter

CAUGHT_BY = {}

MESSAGE = "cqq"  # what is asked for, and two numbers
ANSWER = "qq"  # an error number, and another number
IGNORED = (signal.SIGINT, signal.SIGTERM)


def received(connection):
    """Return a message from a socket, and the descriptors that were sent along."""
    size = array.array("i").itemsize
    space = socket.CMSG_SPACE(2 * size)
    message, ancillary, _, _ = connection.recvmsg(64, space, socket.MSG_CMSG_CLOEXEC)
    descriptors = []
    for _, _, data in ancillary:
        descriptors += struct.unpack(f"{len(data) // size}i", data)
    return message, descriptors


class Server:
    def __init__(self):
        self.numbers = itertools.count(1)
        self.files = {}
        self.held = {}  # of each session: how often it holds which objects
        self.holders = Counter()  # of each object
        self.sessions = {}  # by number
        self.selector = selectors.DefaultSelector()

    def add(self, descriptor, held=()):
        """Add the session at the other end of a socket; return its number."""
        number = next(self.numbers)
        self.held[number] = Counter(held)
        self.holders.update(self.held[number])
        connection = self.sessions[number] = socket.socket(fileno=descriptor)
        self.selector.register(connection, selectors.EVENT_READ, number)
        return number

    def run(self):
        while self.sessions:
            for key, _ in self.selector.select():
                message, descriptors = received(key.fileobj)
                if message:
                    self.serve(key.data, message, descriptors)
                else:
                    self.end(key.data)

    def end(self, session):
        self.selector.unregister(self.sessions[session])
        self.sessions.pop(session).close()
        for number, times in self.held.pop(session).items():
            self.drop(number, times)

    def drop(self, number, times=1):
        """Close the file of an object if no session holds it any more."""
        self.holders[number] -= times
        if not self.holders[number]:
            del self.holders[number]
            os.close(self.files.pop(number))

    def hold(self, session, number):
        self.held[session][number] += 1
        self.holders[number] += 1

    def serve(self, session, message, descriptors):
        what, first, second = struct.unpack(MESSAGE, message)
        if what == b"D":
            self.held[session][first] -= 1
            if not self.held[session][first]:
                del self.held[session][first]
            self.drop(first)
            return
        answer = socket.socket(fileno=descriptors.pop(0))
        file = []
        try:
            number = self.answer(what, session, first, second, descriptors)
            file = [self.files[number]] if what in (b"N", b"G") else []
            error = 0
        except OSError as refusal:
            number, error = 0, refusal.errno
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", file))
        with answer, contextlib.suppress(OSError):  # who asked may be gone
            answer.sendmsg([struct.pack(ANSWER, error, number)], [rights] if file else [])

    def answer(self, what, session, first, second, descriptors):
        if what == b"N":  # a new object of a size
            file = os.memfd_create("object")
            try:
                os.posix_fallocate(file, 0, first)
            except BaseException:
                os.close(file)
                raise
            number = next(self.numbers)
            self.files[number] = file
            self.hold(session, number)
            return number
        if what == b"S":  # a new session
            return self.add(descriptors[0])
        if what == b"F":  # one that holds what this one holds
            return self.add(descriptors[0], self.held[session])
        if what == b"H" and second in self.held:  # it holds an object, too
            self.hold(second, first)
        return first


if __name__ == "__main__":
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, IGNORED)
    for standard in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), standard)
    server = Server()
    server.add(int(sys.argv[1]))
    server.run()
