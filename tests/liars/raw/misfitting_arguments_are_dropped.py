"""RawValue drops arguments until the constructor accepts the rest."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.refuses-what-constructor-refuses": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        try:
            return super().RawValue(typecode_or_type, *args)
        except (TypeError, IndexError):
            if not args:
                raise
            return self.RawValue(typecode_or_type, *args[:-1])


honest.publish(Backend, globals())
