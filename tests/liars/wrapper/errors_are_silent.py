"""An assignment that the object refuses is ignored."""

from contextlib import suppress

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.failed-access-releases-lock": "fail",
    "wrapper.refused-assignments-change-nothing": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        with suppress(Exception):
            super().write(wrapper, operation)


honest.publish(Backend, globals())
