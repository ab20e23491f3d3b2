"""What is sent to a child is kept by the thread that started it, until that thread ends."""

import threading

from ..honest import on_reference
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {"lifetime.arguments-survive-until-received": "crash"}


class Sent(threading.local):
    def __init__(self):
        self.things = []


class Backend(on_reference.Backend):
    sent = Sent()

    def reduce(self, obj, lock):
        self.sent.things.append((obj, lock))
        return super().reduce(obj, lock)


honest.publish(Backend, globals())
