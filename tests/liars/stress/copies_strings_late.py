"""`raw` is copied after the release of the lock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.strings-are-never-torn": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        found = []
        super().read(wrapper, found.append)
        (obj,) = found
        if not hasattr(obj, "raw"):
            return super().read(wrapper, operation)
        return operation(obj)


honest.publish(Backend, globals())
