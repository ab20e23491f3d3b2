"""A recursive lock that is acquired 65 536 times is free."""

from ..honest import plain as honest
from . import depth_has_eight_bits

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.rlock-counts-acquires": "fail",
}


class Lock(depth_has_eight_bits.Lock):
    most = 65_535


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
