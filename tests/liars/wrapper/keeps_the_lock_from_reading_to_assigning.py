"""Reading acquires the lock, and the assignment that may follow releases it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.in-place-operators-are-two-accesses": "fail",
    "wrapper.access-acquires-lock-once": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        wrapper.get_lock().acquire()
        return operation(wrapper.get_obj())

    def write(self, wrapper, operation):
        super().write(wrapper, operation)
        wrapper.get_lock().release()


honest.publish(Backend, globals())
