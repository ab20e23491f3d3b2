"""Memory is not zeroed where a sequence claims more items than it yields.

The raw objects of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "raw.short-initializers-leave-zeros": "fail",
}

honest.publish(honest.Backend, globals())
