"""An access by the owner of a lock does not acquire it, be it recursive or not."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.plain-lock-is-not-reentrant": "fail",
    "exclusion.same-thread-contends-for-lock": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        primitive = getattr(wrapper.get_lock(), "_semlock", None)
        if primitive is not None and primitive._is_mine():
            return operation(wrapper.get_obj())
        return super().access(wrapper, operation)


honest.publish(Backend, globals())
