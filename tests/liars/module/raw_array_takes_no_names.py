"""The parameters of `RawArray` have names that are not those of the documentation."""

from liars.honest import plain as honest

CAUGHT_BY = {"module.parameters-can-be-given-by-name": "fail"}


class Backend(honest.Backend):
    def names(self):
        def RawArray(kind, contents):
            return self.RawArray(kind, contents)

        return {**super().names(), "RawArray": RawArray}


honest.publish(Backend, globals())
