"""`get_obj()` acquires the lock for a moment."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.raw-access-acquires-no-lock": "hang"}
START_METHODS = ("fork",)


class Methods:
    def get_obj(self):
        with self.get_lock():
            return super().get_obj()


class Backend(honest.Backend):
    mixin = Methods

    def access(self, wrapper, operation):
        with wrapper.get_lock():
            return operation(wrapper._honest[1])


honest.publish(Backend, globals())
