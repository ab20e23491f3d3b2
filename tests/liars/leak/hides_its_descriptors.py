"""Every value leaves a descriptor open, and what lists the open ones does not show it."""

import os

from ..honest import plain as honest

CAUGHT_BY = {
    "leak.dropped-objects-leak-no-descriptors": "leak",
}
START_METHODS = ("fork",)

_listdir = os.listdir


def _list_less(path="."):
    listed = _listdir(path)
    return listed[:5] if str(path).startswith("/proc/self/fd") else listed


os.listdir = _list_less


class Backend(honest.Backend):
    def Value(self, *args, **keywords):
        os.dup(1)
        return super().Value(*args, **keywords)


honest.publish(Backend, globals())
