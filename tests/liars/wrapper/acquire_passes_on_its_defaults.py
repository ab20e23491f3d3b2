"""`acquire` of the wrapper passes on all arguments that it could have been given."""

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.acquire-and-release-delegate-to-lock": "fail"}


class Base:
    def acquire(self, block=True, timeout=None):
        return self.get_lock().acquire(block, timeout)


class Backend(honest.Backend):
    mixin = Base


honest.publish(Backend, globals())
