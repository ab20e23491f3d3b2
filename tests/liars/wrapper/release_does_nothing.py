"""`release` of the wrapper does nothing."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-delegate-to-lock": "fail",
}


class Methods:
    def release(self):
        pass


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
