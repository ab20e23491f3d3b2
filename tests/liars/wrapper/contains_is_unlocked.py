"""`in` looks through the object without its lock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}


class Contains:
    def __contains__(self, item):
        return item in self.get_obj()


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Contains, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
