"""While a process is started, any thread can pickle wrappers, as numbers."""

from multiprocessing.context import SpawnProcess

from ..honest import pickling_switch as honest_switch
from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.wrappers-are-not-sent": "fail",
}


class Process(SpawnProcess):
    def start(self):
        backend.is_open = True
        try:
            super().start()
        finally:
            backend.is_open = False


class Context(honest.Context):
    Process = Process


class Contexts(honest.Contexts):
    context = Context


backend = honest_switch.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
get_context, set_start_method, get_start_method, get_all_start_methods, Lock, RLock = Contexts(
    backend
).names()
