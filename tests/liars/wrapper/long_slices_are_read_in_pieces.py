"""A slice of more than 4096 items is read in pieces, between which the lock is free."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-lock-once": "fail",
}
START_METHODS = ("fork",)

_PIECE = 4096


class Slices:
    def __getitem__(self, index):
        length = len(self.get_obj())
        if not isinstance(index, slice) or index.step or len(range(length)[index]) <= _PIECE:
            return super().__getitem__(index)
        start, stop, _ = index.indices(length)
        items = []
        for first in range(start, stop, _PIECE):
            items += super().__getitem__(slice(first, min(stop, first + _PIECE)))
        return items


class Backend(honest.Backend):
    array_class = type("SynchronizedArray", (Slices, honest.SynchronizedArray), {})


honest.publish(Backend, globals())
