"""A value is read just before the lock is acquired."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        value = operation(wrapper.get_obj())
        self.access(wrapper, lambda obj: None)
        return value


honest.publish(Backend, globals())
