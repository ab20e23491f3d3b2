"""`copy` accepts wrappers as well."""

from ..honest import plain as honest

CAUGHT_BY = {"copy.refuses-non-ctypes-objects": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return super().copy(obj.get_obj() if isinstance(obj, honest.SynchronizedBase) else obj)


honest.publish(Backend, globals())
