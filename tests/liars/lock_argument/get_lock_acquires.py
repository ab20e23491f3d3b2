"""`get_lock()` waits for the lock."""

from ..honest import plain as honest

START_METHODS = ("fork",)

CAUGHT_BY = {"lock-argument.get-lock-does-not-wait": "hang"}


class Methods:
    def get_lock(self):
        lock = super().get_lock()
        with lock:
            return lock


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (Methods, cls), {})
        return self._classes[cls]


honest.publish(Backend, globals())
