"""An access that raises keeps the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.failed-access-releases-lock": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        value = operation(wrapper.get_obj())
        lock.release()
        return value


honest.publish(Backend, globals())
