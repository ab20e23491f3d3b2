"""An assignment happens just before the lock is acquired."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        operation(wrapper.get_obj())
        self.access(wrapper, lambda obj: None)


honest.publish(Backend, globals())
