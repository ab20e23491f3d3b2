"""Only locks of multiprocessing are accepted, and reads acquire none."""

from ..honest import plain as honest
from ..lock_argument import takes_no_lock_but_its_own

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
    "wrapper.reads-happen-under-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
}
START_METHODS = ("fork",)


class Backend(takes_no_lock_but_its_own.Backend):
    def read(self, wrapper, operation):
        return operation(wrapper.get_obj())


honest.publish(Backend, globals())
