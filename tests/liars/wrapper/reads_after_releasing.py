"""A value is read just after the lock was released."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        self.access(wrapper, lambda obj: None)
        return operation(wrapper.get_obj())


honest.publish(Backend, globals())
