"""Reading `raw` stops at the first NUL."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.string-access-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedString(honest.SynchronizedString):
    @property
    def raw(self):
        return self._honest[0].read(self, lambda obj: obj.value)

    @raw.setter
    def raw(self, value):
        self._honest[0].write(self, lambda obj: setattr(obj, "raw", value))


class Backend(honest.Backend):
    string_class = SynchronizedString


honest.publish(Backend, globals())
