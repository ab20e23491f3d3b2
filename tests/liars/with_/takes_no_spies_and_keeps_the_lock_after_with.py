"""Only locks of multiprocessing are accepted, and `with` does not release them."""

from ..honest import plain as honest
from ..lock_argument import takes_no_lock_but_its_own

CAUGHT_BY = {
    "with.acquires-and-releases-once": "fail",
}
START_METHODS = ("fork",)


class Backend(takes_no_lock_but_its_own.Backend):
    def leave(self, wrapper, *exc_info):
        return None


honest.publish(Backend, globals())
