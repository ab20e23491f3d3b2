"""Reading `raw` stops at the first NUL."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.string-is-the-objects": "fail",
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
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedString if cls is honest.SynchronizedString else cls


honest.publish(Backend, globals())
