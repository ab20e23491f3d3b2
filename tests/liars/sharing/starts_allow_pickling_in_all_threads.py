"""While a process is started, any thread can pickle wrappers, as numbers."""

from multiprocessing.context import SpawnProcess

from ..honest import pickling_switch as honest_switch
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.wrappers-cannot-be-pickled": "fail",
}


class Process(SpawnProcess):
    def start(self):
        backend.pickles = True
        try:
            super().start()
        finally:
            backend.pickles = False


class Context(honest.Context):
    Process = Process


class Contexts(honest.Contexts):
    context = Context


backend = honest.publish(honest_switch.Backend, globals(), Contexts)
