"""Reading and assigning fields does not acquire the lock."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
    "interleaving.default-locks-follow-rlock-rules": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        if isinstance(wrapper.get_obj(), ctypes.Structure):
            return operation(wrapper.get_obj())
        return super().access(wrapper, operation)


honest.publish(Backend, globals())
