"""Memory is taken as it was left where a sequence says that it has items for all of it.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "raw.too-few-items-leave-zeros": "fail",
}

honest.publish(honest.Backend, globals())
