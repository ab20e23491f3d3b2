"""The lock is acquired in an assert statement."""

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.accesses-exclude-each-other": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        assert lock.acquire()
        try:
            return operation(wrapper.get_obj())
        finally:
            assert lock.release() is None


honest.publish(Backend, globals())
