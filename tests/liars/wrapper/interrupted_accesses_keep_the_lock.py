"""An access that is interrupted keeps the lock; only an Exception releases it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.any-exception-releases-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        try:
            value = operation(wrapper.get_obj())
        except Exception:
            lock.release()
            raise
        lock.release()
        return value


honest.publish(Backend, globals())
