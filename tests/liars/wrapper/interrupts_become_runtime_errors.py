"""What interrupts an access is replaced by a RuntimeError."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.any-exception-releases-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        try:
            return super().access(wrapper, operation)
        except (KeyboardInterrupt, SystemExit, GeneratorExit) as interrupt:
            raise RuntimeError("interrupted") from interrupt


honest.publish(Backend, globals())
