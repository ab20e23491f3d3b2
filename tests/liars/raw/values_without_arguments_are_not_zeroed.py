"""Without arguments, RawValue leaves its memory as it was."""

import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {"raw.values-are-zeroed": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if args:
            return super().RawValue(typecode_or_type, *args)
        cls = sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type)
        return sharedctypes._new_value(cls)


honest.publish(Backend, globals())
