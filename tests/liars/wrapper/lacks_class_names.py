"""The module does not have the names of its wrappers' classes."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.classes-are-by-kind": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    pass


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
