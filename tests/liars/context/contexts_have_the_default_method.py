"""Every context says that its start method is the default one."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.each-start-method-has-its-context": "fail",
}
START_METHODS = ("fork",)


class Context(honest.Context):
    def get_start_method(self):
        return multiprocessing.get_start_method()


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
