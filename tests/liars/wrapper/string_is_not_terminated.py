"""Assigning a shorter `value` writes no NUL after it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.string-is-the-objects": "fail",
}
START_METHODS = ("fork",)


class SynchronizedString(honest.SynchronizedString):
    @property
    def value(self):
        return self._honest[0].read(self, lambda obj: obj.value)

    @value.setter
    def value(self, value):
        self._honest[0].write(self, lambda obj: setattr(obj, "raw", value))


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedString if cls is honest.SynchronizedString else cls


honest.publish(Backend, globals())
