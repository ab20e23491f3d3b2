"""A char array is wrapped as any other array, with `value` and `raw` besides."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.classes-are-by-kind": "fail",
}
START_METHODS = ("fork",)


class SynchronizedText(honest.SynchronizedArray):
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedText if cls is honest.SynchronizedString else cls


honest.publish(Backend, globals())
