"""`with` refuses the wrappers of structures."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.every-wrapper-is-a-context-manager": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        if not isinstance(wrapper, (honest.Synchronized, honest.SynchronizedArray)):
            raise TypeError(f"{type(wrapper).__name__} is no context manager")
        return super().enter(wrapper)


honest.publish(Backend, globals())
