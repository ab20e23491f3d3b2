"""The end of an access inside another one releases the lock of both."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.accesses-nest-under-rlock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        inside = wrapper.__dict__.get("_inside", False)
        if not inside:
            wrapper.acquire()
        wrapper.__dict__["_inside"] = True
        try:
            return operation(wrapper.get_obj())
        finally:
            if wrapper.__dict__.pop("_inside", False):
                wrapper.release()


honest.publish(Backend, globals())
