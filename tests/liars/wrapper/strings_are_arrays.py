"""A char array is wrapped as any other array, with `value` and `raw` besides."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.class-depends-on-type": "fail",
}
START_METHODS = ("fork",)


class SynchronizedText(honest.SynchronizedArray):
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    string_class = SynchronizedText


honest.publish(Backend, globals())
