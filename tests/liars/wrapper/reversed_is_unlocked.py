"""`reversed` goes through the object without its lock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}


class Reversed:
    def __reversed__(self):
        return reversed(self.get_obj())


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Reversed, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
