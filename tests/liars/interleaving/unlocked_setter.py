"""Assignments do not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.of-given-plain-locks": "fail",
    "wrapper.access-takes-the-lock-once": "fail",
    "wrapper.writes-happen-under-the-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
    "wrapper.wraps-ordinary-ctypes-objects": "fail",
    "exclusion.sibling-waits-for-an-rlock": "fail",
    "exclusion.new-child-waits-for-the-default-lock": "fail",
}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        operation(wrapper.get_obj())


honest.publish(Backend, globals())
