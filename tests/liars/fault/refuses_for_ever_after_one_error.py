"""When an allocation failed once for want of a descriptor, all that follow are refused."""

from ..honest import plain as honest

CAUGHT_BY = {"fault.descriptor-limit-raises": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    refused = False

    def RawArray(self, typecode_or_type, size_or_initializer):
        if self.refused:
            raise OSError
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        except OSError:
            self.refused = True
            raise


honest.publish(Backend, globals())
