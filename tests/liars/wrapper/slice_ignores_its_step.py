"""Reading a slice ignores its step."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.slicing-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __getitem__(self, index):
        if isinstance(index, slice) and index.step != 0:
            index = slice(index.start, index.stop)
        return super().__getitem__(index)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())
