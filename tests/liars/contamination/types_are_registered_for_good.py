"""A type of a shared object is registered with the pickler, for all objects of that type.

The raw objects of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "contamination.ordinary-objects-can-still-be-arguments": "fail",
    "contamination.ordinary-objects-can-still-be-pickled": "fail",
    "contamination.types-are-garbage-collected": "fail",
}

honest.publish(honest.Backend, globals())
