"""Reading a slice does not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
    "interleaving.default-locks-follow-rlock-rules": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        got = operation(wrapper.get_obj())
        if isinstance(got, list) or (isinstance(got, (bytes, str)) and len(got) > 1):
            return got
        return super().read(wrapper, operation)


honest.publish(Backend, globals())
