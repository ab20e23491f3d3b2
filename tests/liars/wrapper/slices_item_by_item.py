"""A slice is read and assigned item by item, each under the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, slice) and index.step != 0:
            for number, place in enumerate(range(*index.indices(len(self)))):
                super().__setitem__(place, value[number])
        else:
            super().__setitem__(index, value)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())
