"""Assigning a shorter `value` writes no NUL after it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.string-access-matches-object": "fail",
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
    string_class = SynchronizedString


honest.publish(Backend, globals())
