"""A part of a shared object, given to a spawned process, comes there as an ordinary object.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.parts-are-shared-or-start-raises": "fail",
}

honest.publish(honest.Backend, globals())
