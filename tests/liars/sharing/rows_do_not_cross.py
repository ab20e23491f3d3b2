"""The type of an array's rows is looked up by name in spawned processes, and has no name.

The raw objects of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.arrays-of-arrays-are-shared": "fail",
}

honest.publish(honest.Backend, globals())
