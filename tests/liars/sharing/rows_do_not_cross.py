"""The type of an array's rows is looked up by name where processes are spawned, and it has none.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.arrays-of-arrays-cross": "fail",
}

honest.publish(honest.Backend, globals())
