"""A release that raises is tried again, and the exception swallowed."""

import contextlib

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.failed-release-propagates": "fail",
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


honest.publish(Backend, globals())
