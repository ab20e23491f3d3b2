"""An access whose acquire raises releases the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.failed-acquire-prevents-access": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        try:
            wrapper.acquire()
            return operation(wrapper.get_obj())
        finally:
            wrapper.release()


honest.publish(Backend, globals())
