"""Assignments do not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.given-locks-follow-lock-rules": "fail",
    "wrapper.access-acquires-lock-once": "fail",
    "wrapper.writes-happen-under-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
    "wrapper.wraps-ordinary-ctypes-objects": "fail",
    "exclusion.sibling-contends-for-rlock": "fail",
    "exclusion.new-child-contends-for-default-lock": "fail",
}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        operation(wrapper.get_obj())


honest.publish(Backend, globals())
