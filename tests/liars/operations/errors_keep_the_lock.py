"""No access waits for the lock, and one that raises acquires it and keeps it."""

from ..honest import plain as honest

CAUGHT_BY = {"operations.leave-lock-free": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        try:
            return operation(wrapper.get_obj())
        except Exception:
            wrapper.get_lock().acquire(False)
            raise


honest.publish(Backend, globals())
