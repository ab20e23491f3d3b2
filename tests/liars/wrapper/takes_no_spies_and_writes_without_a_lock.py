"""Only locks of multiprocessing are accepted, and writes happen before one is acquired."""

from ..honest import plain as honest
from ..lock_argument import takes_no_lock_but_its_own

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(takes_no_lock_but_its_own.Backend):
    def write(self, wrapper, operation):
        operation(wrapper.get_obj())
        self.access(wrapper, lambda obj: None)


honest.publish(Backend, globals())
