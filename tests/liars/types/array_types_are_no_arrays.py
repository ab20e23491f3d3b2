"""The wrapper that `Value` returns for an array type has no items."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.array-types-are-wrapped-as-arrays": "fail",
}


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        wrapper = super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)
        if isinstance(wrapper, honest.SynchronizedArray):
            return honest.SynchronizedBase(self, wrapper.get_obj(), wrapper.get_lock())
        return wrapper


honest.publish(Backend, globals())
