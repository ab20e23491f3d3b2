"""An assignment happens just after the lock was released."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        self.access(wrapper, lambda obj: None)
        operation(wrapper.get_obj())


honest.publish(Backend, globals())
