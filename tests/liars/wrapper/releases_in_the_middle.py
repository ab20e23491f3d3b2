"""An access acquires the lock, and goes on after its release."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.lock-is-held-during-access": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        lock.release()
        return operation(wrapper.get_obj())


honest.publish(Backend, globals())
