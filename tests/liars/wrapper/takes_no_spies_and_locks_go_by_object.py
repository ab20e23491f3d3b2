"""Only locks of multiprocessing are accepted, and the one that an object was given last is used."""

from ..honest import plain as honest
from ..lock_argument import takes_no_lock_but_its_own
from . import locks_go_by_object

CAUGHT_BY = {
    "wrapper.access-acquires-its-own-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(takes_no_lock_but_its_own.Backend, locks_go_by_object.Backend):
    pass


honest.publish(Backend, globals())
