"""Iteration holds the lock from its first item to its last, however long the program takes."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "wrapper.iteration-leaves-lock-free": "fail",
}


class Iteration:
    def __iter__(self):
        with self:
            yield from self.get_obj()


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Iteration, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
