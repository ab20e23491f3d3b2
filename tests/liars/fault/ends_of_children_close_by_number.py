"""The pipe that tells of the end of a forked child is closed by its number, whatever has that."""

import os
import select

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.closed-descriptors-spare-other-files": "fail",
}
START_METHODS = ("fork",)

_ends = []
_readers = []


def before_fork():
    _ends[:] = os.pipe()


def after_in_parent():
    reader, writer = _ends
    os.close(writer)
    _readers.append(reader)


def after_in_child():
    os.close(_ends[0])
    _readers.clear()


os.register_at_fork(
    before=before_fork, after_in_parent=after_in_parent, after_in_child=after_in_child
)


class Backend(honest.Backend):
    def raw(self, obj):
        for reader in [*_readers]:
            try:
                if select.select([reader], [], [], 0)[0]:
                    _readers.remove(reader)
                    os.close(reader)
            except OSError:
                pass
        return obj


honest.publish(Backend, globals())
