"""The wire between the suite and its actors: frames of pickled plain data over a stream socket.

Plain data (numbers, strings, bytes, None, and tuples, lists, dicts and records of them) crosses by
value. Everything else stays where it lives and crosses as a *persistent id*, pickle's own means for
objects outside the stream:

* `("object", number, type name)`  an object in the actor's table,
* `("type", name)`                 a ctypes type, rebuilt from its name (`type_names`),
* `("name", dotted name)`          a function, class or module, found by import,
* `("record", name)`               the class of a record, by its name below this package.

No class of ours crosses by itself, because the two ends know this package under different names;
and nothing of `multiprocessing` is used, because that is what the backend under test may have
replaced.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
from collections.abc import Callable
from typing import Any

from . import records

HEADER = struct.Struct("!I")
# Protocol 4 is the newest that every supported target interpreter reads.
PROTOCOL = 4

# Only exact types are plain: a backend that returns a subclass of int must be seen doing so.
PLAIN = frozenset(
    (type(None), bool, int, float, complex, str, bytes, bytearray, tuple, list, dict, slice, range)
)
# pickle writes these by naming their class, and asks about the class as well.
NAMED_BY_PICKLE = (bytearray, complex, slice, range)


class Closed(Exception):
    """The other end is gone: the process died or left."""


class _Pickler(pickle.Pickler):
    # Set after construction: PyPy's pickler takes its arguments in `__new__`.
    identify: Callable[[Any], Any]

    def persistent_id(self, obj: Any) -> Any:
        if type(obj) in PLAIN:
            return None
        # `type(obj) is type` first: `in` would call the `__eq__` of whatever a backend returned.
        if type(obj) is type:
            if obj in NAMED_BY_PICKLE:
                return None
            name = records.name_of(obj)
            if name is not None:
                return ("record", name)
        if records.is_record(obj):
            return None
        return self.identify(obj)


class _Unpickler(pickle.Unpickler):
    resolve: Callable[[Any], Any]

    def persistent_load(self, pid: Any) -> Any:
        return records.find(pid[1]) if pid[0] == "record" else self.resolve(pid)


class Channel:
    """One end of the wire.

    `identify(obj)` gives the persistent id of what is not plain; `resolve(pid)` the object behind
    a persistent id.
    """

    def __init__(
        self, sock: socket.socket, identify: Callable[[Any], Any], resolve: Callable[[Any], Any]
    ) -> None:
        self.sock = sock
        self.identify = identify
        self.resolve = resolve

    def send(self, message: Any) -> None:
        """Send a message; raises Closed."""
        buffer = io.BytesIO()
        buffer.write(HEADER.pack(0))
        pickler = _Pickler(buffer, PROTOCOL)
        pickler.identify = self.identify
        pickler.dump(message)
        HEADER.pack_into(buffer.getbuffer(), 0, buffer.tell() - HEADER.size)
        try:
            self.sock.sendall(buffer.getbuffer())
        except (BrokenPipeError, ConnectionResetError) as problem:
            raise Closed from problem

    def receive(self) -> Any:
        """Return the next message; raises Closed, and whatever the socket's time-out raises."""
        (size,) = HEADER.unpack(self._read(HEADER.size))
        unpickler = _Unpickler(io.BytesIO(self._read(size)))
        unpickler.resolve = self.resolve
        return unpickler.load()

    def _read(self, size: int) -> bytes:
        chunks = []
        while size:
            try:
                chunk = self.sock.recv(min(size, 1 << 20))
            except ConnectionResetError as problem:
                raise Closed from problem
            if not chunk:
                raise Closed
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Close this end."""
        self.sock.close()
