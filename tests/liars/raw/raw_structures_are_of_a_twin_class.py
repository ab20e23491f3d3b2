"""RawValue returns a structure of another class with the same name and fields."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "raw.can-be-assigned-to-fields-and-elements": "fail",
    "raw.can-initialize-other-objects": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        cls = type(made)
        if cls.__base__ is not ctypes.Structure or hasattr(cls, "_pack_"):
            return made
        twin = type(cls.__name__, (ctypes.Structure,), {"_fields_": cls._fields_})
        return twin.from_buffer(made)


honest.publish(Backend, globals())
