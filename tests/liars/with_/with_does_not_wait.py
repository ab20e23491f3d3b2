"""A block is entered while another one holds the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.blocks-exclude-each-other": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        wrapper.__dict__["_acquired"] = acquired = wrapper.acquire(False)
        return acquired

    def leave(self, wrapper, *exc_info):
        if wrapper.__dict__.pop("_acquired", False):
            wrapper.release()


honest.publish(Backend, globals())
