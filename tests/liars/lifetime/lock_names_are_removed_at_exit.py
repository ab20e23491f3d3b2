"""At exit a program removes the names of its locks, and only then waits for its children.

The locks of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("spawn", "forkserver")
CAUGHT_BY = {
    "lifetime.objects-of-ending-program-reach-its-children": "fail",
}

honest.publish(honest.Backend, globals())
