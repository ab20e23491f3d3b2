"""Reads do not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.default-lock-guards-access": "fail",
    "lock-argument.given-lock-guards-access": "fail",
    "exclusion.child-contends-for-lock": "fail",
    "exclusion.other-thread-contends-for-default-lock": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        return operation(wrapper.get_obj())


honest.publish(Backend, globals())
