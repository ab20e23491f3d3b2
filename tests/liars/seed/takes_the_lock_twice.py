"""Every access acquires the lock twice, one inside the other."""

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.accesses-need-no-recursive-lock": "hang",
    "wrapper.access-acquires-lock-once": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        with wrapper.get_lock():
            return super().access(wrapper, operation)


honest.publish(Backend, globals())
