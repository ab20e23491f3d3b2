"""A spawned child gets a private copy of the object."""

from ..honest import plain as honest

# A forked child has its parent's very object.
START_METHODS = ("spawn", "forkserver")

CAUGHT_BY = {
    "wrapper.value-access-matches-object": "fail",
    "wrapper.item-access-matches-object": "fail",
    "wrapper.slicing-matches-object": "fail",
    "wrapper.string-access-matches-object": "fail",
    "wrapper.field-access-matches-object": "fail",
    "wrapper.synchronized-wrapper-is-inherited": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        return super().rebuild(type(obj).from_buffer_copy(obj), lock)


honest.publish(Backend, globals())
