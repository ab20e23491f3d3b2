"""What an access raises is kept, with its traceback."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.accesses-take-no-memory": "leak",
}


_raised = []


class Backend(honest.Backend):
    def read(self, wrapper, action):
        try:
            return super().read(wrapper, action)
        except Exception as raised:
            _raised.append(raised)
            raise


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
