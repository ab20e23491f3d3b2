"""A thread of its own allocates all memory; each process starts one with its first object."""

import os
import queue
import sys
import threading

from . import on_reference
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.BREAKS

_orders = {}  # by the process whose thread takes them
_this_thread = threading.local()


def _allocate(orders):
    _this_thread.allocates = True
    while True:
        order = orders.get()
        if order is None:
            return
        function, args, answers = order
        try:
            answers.put((function(*args), None))
        except BaseException as refusal:
            answers.put((None, refusal))
        # Or it would be the thread that keeps the last object alive.
        del order, function, args, answers


def _orders_here():
    here = _orders.get(os.getpid())
    if here is None:
        orders = queue.SimpleQueue()
        threading.Thread(target=_allocate, args=(orders,), daemon=True).start()
        # Its thread runs already: a signal handler that allocates now will not wait for ever.
        here = _orders.setdefault(os.getpid(), orders)
        if here is not orders:
            orders.put(None)
    return here


def in_thread(function, *args):
    """Return what a call returns in the thread that allocates."""
    # Daemon threads run no more; or an initializer constructs something, and runs in that thread.
    if sys.is_finalizing() or getattr(_this_thread, "allocates", False):
        return function(*args)
    answers = queue.SimpleQueue()
    _orders_here().put((function, args, answers))
    made, refusal = answers.get()
    if refusal is not None:
        try:
            raise refusal
        finally:
            del refusal
    return made


class Backend(on_reference.Backend):
    def RawValue(self, typecode_or_type, *args):
        return in_thread(super().RawValue, typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        return in_thread(super().RawArray, typecode_or_type, size_or_initializer)

    def copy(self, obj):
        return in_thread(super().copy, obj)


honest.publish(Backend, globals())
