"""Items behind the thousandth are read after the lock has been released."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.reads-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Items:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        late = isinstance(index, int) and index > 1000
        return self.get_obj()[index] if late else item


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Items, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
