"""A part of a shared object arrives in a spawned process as an ordinary object.

The raw objects of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.nested-objects-are-shared-or-start-raises": "fail",
}

honest.publish(honest.Backend, globals())
