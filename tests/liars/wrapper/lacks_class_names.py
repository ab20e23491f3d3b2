"""The module lacks the names of the wrapper classes."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.class-depends-on-type": "fail",
}
START_METHODS = ("fork",)


honest.publish(honest.Backend, globals())
for cls in honest.WRAPPERS:
    del globals()[cls.__name__]
