"""Every object has the same lock, and it stays locked when its holder is killed."""

from ..honest import plain as honest
from ..lock_argument import one_lock_for_all

CAUGHT_BY = {"fault.killed-holder-blocks-nobody-forever": "fail"}
START_METHODS = ("fork",)


honest.publish(one_lock_for_all.Backend, globals())
