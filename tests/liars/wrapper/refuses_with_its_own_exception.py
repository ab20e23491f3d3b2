"""An assignment that is refused raises the backend's own exception."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.refused-assignments-change-nothing": "fail",
    "wrapper.failed-access-releases-lock": "fail",
}
START_METHODS = ("fork",)


class Refused(Exception):
    pass


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        try:
            super().write(wrapper, operation)
        except Exception as problem:
            raise Refused from problem


honest.publish(Backend, globals())
