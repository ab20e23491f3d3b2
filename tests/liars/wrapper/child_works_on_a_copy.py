"""A spawned child gets a private copy of the object."""

from ..honest import plain as honest

# A forked child has its parent's very object.
START_METHODS = ("spawn", "forkserver")

CAUGHT_BY = {
    "wrapper.value-is-the-objects": "fail",
    "wrapper.items-are-the-objects": "fail",
    "wrapper.slices-are-the-objects": "fail",
    "wrapper.string-is-the-objects": "fail",
    "wrapper.fields-are-the-objects": "fail",
    "wrapper.crosses-when-made-by-synchronized": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        return super().rebuild(type(obj).from_buffer_copy(obj), lock)


honest.publish(Backend, globals())
