"""Accesses do not acquire a default lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.default-lock-guards-access": "fail",
}


class DefaultLock:
    def __init__(self, lock):
        self.lock = lock

    def __getattr__(self, name):
        if name == "lock":
            raise AttributeError(name)
        return getattr(self.lock, name)

    def __enter__(self):
        return self.lock.__enter__()

    def __exit__(self, *exc_info):
        return self.lock.__exit__(*exc_info)


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return DefaultLock(super().new_lock(ctx))

    def access(self, wrapper, operation):
        if isinstance(wrapper.get_lock(), DefaultLock):
            return operation(wrapper.get_obj())
        return super().access(wrapper, operation)


honest.publish(Backend, globals())
