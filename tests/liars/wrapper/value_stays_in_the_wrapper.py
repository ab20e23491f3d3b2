"""What is assigned to `value` stays in an attribute of the wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.value-access-matches-object": "fail",
}


class Synchronized(honest.Synchronized):
    @property
    def value(self):
        return self.__dict__.get("_private", self.get_obj().value)

    @value.setter
    def value(self, value):
        self.__dict__["_private"] = type(self.get_obj())(value).value


class Backend(honest.Backend):
    value_class = Synchronized


honest.publish(Backend, globals())
