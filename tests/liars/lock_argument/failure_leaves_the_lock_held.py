"""A given lock is held during construction, and stays locked if that fails."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.failed-construction-leaves-lock-free": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        return under(
            lock, lambda: honest.backend.Value(typecode_or_type, *args, lock=lock, ctx=ctx)
        )

    def Array(self, typecode_or_type, init, *, lock=True, ctx=None):
        return under(lock, lambda: honest.backend.Array(typecode_or_type, init, lock=lock, ctx=ctx))


def under(lock, make):
    if not hasattr(lock, "acquire"):
        return make()
    lock.acquire()
    made = make()
    lock.release()
    return made


honest.publish(Backend, globals())
