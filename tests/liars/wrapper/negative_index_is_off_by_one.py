"""Items at negative indices are counted from the last but one."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.item-access-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __getitem__(self, index):
        if isinstance(index, int) and -len(self) < index < 0:
            index -= 1
        return super().__getitem__(index)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())
