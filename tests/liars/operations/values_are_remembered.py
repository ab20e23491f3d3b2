"""What a process has read or assigned once is what it reads from then on."""

from ..honest import plain as honest

CAUGHT_BY = {"operations.values-behave-as-one-ctypes-object": "fail"}
START_METHODS = ("fork",)


class Synchronized(honest.Synchronized):
    @property
    def value(self):
        if "remembered" not in self.__dict__:
            self.__dict__["remembered"] = honest.Synchronized.value.fget(self)
        return self.__dict__["remembered"]

    @value.setter
    def value(self, value):
        self.__dict__.pop("remembered", None)
        honest.Synchronized.value.fset(self, value)


class Backend(honest.Backend):
    value_class = Synchronized


honest.publish(Backend, globals())
