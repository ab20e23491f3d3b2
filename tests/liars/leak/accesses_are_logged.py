"""Each access is noted in a list that nobody reads."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.accesses-take-no-memory": "leak",
}


_notes = []


class Backend(honest.Backend):
    def write(self, wrapper, action):
        _notes.append(("written", id(wrapper)))
        super().write(wrapper, action)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
