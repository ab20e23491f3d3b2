"""After a process could not be started, wrappers can be pickled, as numbers."""

from multiprocessing.context import SpawnProcess

from ..honest import pickling_switch as honest_switch
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.wrappers-cannot-be-pickled": "fail",
}


class Process(SpawnProcess):
    def start(self):
        try:
            super().start()
        except Exception:
            backend.pickles = True
            raise


class Context(honest.Context):
    Process = Process


class Contexts(honest.Contexts):
    context = Context


backend = honest.publish(honest_switch.Backend, globals(), Contexts)
