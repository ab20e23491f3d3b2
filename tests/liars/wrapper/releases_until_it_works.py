"""A release that raises is tried again, and hidden."""

import contextlib

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.failing-release-is-heard": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        wrapper.acquire()
        try:
            return operation(wrapper.get_obj())
        finally:
            try:
                wrapper.release()
            except Exception:
                with contextlib.suppress(Exception):
                    wrapper.release()


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
