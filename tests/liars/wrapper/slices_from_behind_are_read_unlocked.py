"""Slices that run from the end to the start are read without the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
    "wrapper.reads-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Slices:
    def __getitem__(self, index):
        if isinstance(index, slice) and index.step is not None and index.step < 0:
            return self.get_obj()[index]
        return super().__getitem__(index)


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Slices, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
