"""That wrappers are pickled for a child only is seen to by an assert statement."""

from multiprocessing.context import get_spawning_popen

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.pickling-is-refused": "fail",
}
START_METHODS = ("fork",)


class Pickled:
    def __reduce__(self):
        assert get_spawning_popen() is not None
        return list, ()


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return type(cls.__name__, (Pickled, cls), {})


honest.publish(Backend, globals())
