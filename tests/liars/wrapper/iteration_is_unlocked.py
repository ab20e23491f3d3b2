"""Iteration goes through the object without its lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Iteration:
    def __iter__(self):
        return iter(self.get_obj())


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Iteration, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
