"""The length of a wrapped array is counted in sixteen bits."""

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.wraps-ordinary-ctypes-objects": "fail"}


class Base:
    def __len__(self):
        return super().__len__() & 0xFFFF


class Arrays(Base, honest.SynchronizedArray):
    pass


class Backend(honest.Backend):
    array_class = Arrays


honest.publish(Backend, globals())
