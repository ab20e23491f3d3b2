"""`with wrapper` acquires its lock twice, and releases it twice."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.acquires-and-releases-once": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        wrapper.acquire()
        return super().enter(wrapper)

    def leave(self, wrapper, *exc_info):
        wrapper.release()
        return super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())
