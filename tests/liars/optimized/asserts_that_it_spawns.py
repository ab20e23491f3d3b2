"""Only an assert statement checks that wrappers are pickled for a child alone."""

from multiprocessing.context import get_spawning_popen

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.pickling-is-refused": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def __reduce__(self):
        assert get_spawning_popen() is not None
        return list, ()


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())
