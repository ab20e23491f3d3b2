"""A wrapper works on a copy in threads other than the one that created it."""

import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.objects-work-in-any-thread": "fail",
}


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        wrapper = super().synchronized(obj, lock, ctx)
        wrapper.__dict__["_made_by"] = threading.get_ident()
        return wrapper

    def access(self, wrapper, operation):
        def on_its_own(obj):
            own = threading.get_ident() == wrapper.__dict__["_made_by"]
            return operation(obj if own else type(obj).from_buffer_copy(obj))

        return super().access(wrapper, on_its_own)


honest.publish(Backend, globals())
