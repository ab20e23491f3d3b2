"""`copy` accepts any number of arguments and uses the first."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.surplus-arguments-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj, *surplus):
        return super().copy(obj)


honest.publish(Backend, globals())
