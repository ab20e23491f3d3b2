"""What a child assigns to the `value` of a char array stays in its wrapper."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"seed.child-write-to-string-reaches-parent": "fail"}


class SynchronizedString(honest.SynchronizedString):
    @property
    def value(self):
        return self.__dict__.get("kept", self.get_obj().value)

    @value.setter
    def value(self, text):
        if multiprocessing.parent_process() is not None:
            self.__dict__["kept"] = text
        else:
            honest.SynchronizedString.value.fset(self, text)


class Backend(honest.Backend):
    string_class = SynchronizedString


honest.publish(Backend, globals())
