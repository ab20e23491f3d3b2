"""Assigning a buffer other than bytes to `raw` takes no lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
}
START_METHODS = ("fork",)


class String(honest.SynchronizedString):
    _raw = honest.accessor("raw")

    @property
    def raw(self):
        return self._raw

    @raw.setter
    def raw(self, value):
        if isinstance(value, bytes):
            self._raw = value
        else:
            self.get_obj().raw = value


class Backend(honest.Backend):
    string_class = String


honest.publish(Backend, globals())
