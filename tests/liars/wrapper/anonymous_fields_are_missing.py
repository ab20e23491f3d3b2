"""A wrapper has the fields of the structure, and none of those of its anonymous fields."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.anonymous-fields-match-object": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if getattr(obj, "_anonymous_", ()):
            for name in {name for name, *_ in obj._fields_} ^ set(honest.field_names(type(obj))):
                if name in vars(cls):
                    delattr(cls, name)
        return cls


honest.publish(Backend, globals())
