"""What it raises itself is of classes of its own, derived from those that are documented."""

import functools
import pickle
from multiprocessing.context import get_spawning_popen

from . import on_reference, token_in_a_pipe
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.OF_WRAPPERS


class RefusedType(TypeError):
    pass


class RefusedValue(ValueError):
    pass


class RefusedSize(OverflowError):
    pass


class NoLock(AttributeError):
    pass


class AlreadySynchronized(AssertionError, TypeError):
    pass


class NotHeld(AssertionError, RuntimeError):
    pass


class NotInheritable(RuntimeError, TypeError):
    pass


class NotPicklable(pickle.PicklingError):
    pass


_OWN = {
    TypeError: RefusedType,
    ValueError: RefusedValue,
    OverflowError: RefusedSize,
    AttributeError: NoLock,
    AssertionError: AlreadySynchronized,
}


class Lock(token_in_a_pipe.PipeLock):
    def release(self):
        try:
            super().release()
        except AssertionError as refusal:
            raise NotHeld(*refusal.args) from None

    def __reduce__(self):
        if get_spawning_popen() is None:
            raise NotInheritable("locks are only inherited")
        return super().__reduce__()


class Methods:
    def __reduce__(self):
        if get_spawning_popen() is None:
            raise NotPicklable("wrappers are only inherited")
        return super().__reduce__()


class Backend(on_reference.Backend):
    mixin = Methods

    def new_lock(self, ctx):
        return ctx.RLock() if ctx else token_in_a_pipe.new(Lock)


def _translated(name):
    def translating(self, *args, **keywords):
        try:
            return getattr(super(Backend, self), name)(*args, **keywords)
        except Exception as refusal:
            if type(refusal) not in _OWN:
                raise
            raise _OWN[type(refusal)](*refusal.args) from None

    return functools.wraps(getattr(Backend, name))(translating)


for _name in honest.SIX:
    setattr(Backend, _name, _translated(_name))

honest.publish(Backend, globals())
