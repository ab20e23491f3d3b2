"""An object that has been accessed some two hundred times is accessed without its lock."""

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.access-acquires-lock-once": "fail"}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        counts = wrapper.__dict__
        counts["_honest_count"] = counts.get("_honest_count", 0) + 1
        if counts["_honest_count"] > 200:
            return operation(wrapper.get_obj())
        return super().access(wrapper, operation)


honest.publish(Backend, globals())
