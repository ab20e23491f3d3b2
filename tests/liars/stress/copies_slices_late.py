"""A slice is looked up under the lock, and copied after its release."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.slices-are-never-torn": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        found = super().read(
            wrapper, lambda obj: operation(Late(obj)) if hasattr(obj, "__len__") else operation(obj)
        )
        return found() if isinstance(found, Found) else found


class Found:
    def __init__(self, obj, index):
        self.obj, self.index = obj, index

    def __call__(self):
        return self.obj[self.index]


class Late:
    """An array whose slices are yet to be copied."""

    def __init__(self, obj):
        self.obj = obj

    def __getitem__(self, index):
        return Found(self.obj, index) if isinstance(index, slice) else self.obj[index]

    def __getattr__(self, name):
        return getattr(self.obj, name)


honest.publish(Backend, globals())
