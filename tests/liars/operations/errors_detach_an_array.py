"""A process whose assignment to an array was refused goes on with an array of its own."""

from ..honest import plain as honest

CAUGHT_BY = {"operations.arrays-behave-as-one-ctypes-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        try:
            super().write(wrapper, operation)
        except Exception:
            obj, lock = wrapper.get_obj(), wrapper.get_lock()
            if isinstance(wrapper, honest.SynchronizedArray):
                wrapper.__dict__["_honest"] = (self, type(obj).from_buffer_copy(obj), lock)
            raise


honest.publish(Backend, globals())
