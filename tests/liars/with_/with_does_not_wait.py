"""A block begins although another one lasts."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.blocks-exclude-each-other": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        wrapper.__dict__["_had"] = had = wrapper.acquire(False)
        return had

    def leave(self, wrapper, *exc_info):
        if wrapper.__dict__.pop("_had", False):
            wrapper.release()


honest.publish(Backend, globals())
