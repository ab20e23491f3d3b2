"""get_obj() waits for the lock."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.raw-access-takes-no-lock": "hang"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.waiting = {}

    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self.waiting:
            self.waiting[cls] = type(cls.__name__, (cls,), {"get_obj": get_obj})
        return self.waiting[cls]

    def access(self, wrapper, operation):
        with wrapper.get_lock():
            return operation(wrapper._honest[1])


def get_obj(self):
    with self.get_lock():
        return self._honest[1]


honest.publish(Backend, globals())
