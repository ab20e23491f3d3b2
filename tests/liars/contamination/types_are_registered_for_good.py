"""A type of which an object was shared is registered with the pickler, for all of its objects.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "contamination.plain-objects-still-cross": "fail",
    "contamination.plain-objects-still-pickle": "fail",
    "contamination.types-go-with-their-objects": "fail",
}

honest.publish(honest.Backend, globals())
