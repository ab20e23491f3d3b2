"""The lock of a value is made when it is first asked for, and who asks meanwhile makes another."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "thread.locks-are-first-asked-for-at-once": "fail",
}
START_METHODS = ("fork",)


class Synchronized(honest.Synchronized):
    def get_lock(self):
        if "_late" not in self.__dict__:
            self.__dict__["_late"] = multiprocessing.RLock()
        return self.__dict__["_late"]


class Backend(honest.Backend):
    def class_for(self, obj):
        found = super().class_for(obj)
        return Synchronized if found is honest.Synchronized else found


honest.publish(Backend, globals())
