"""At its end a program removes the names of its locks, and only then waits for its children.

So it is with the locks of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("spawn", "forkserver")
CAUGHT_BY = {
    "lifetime.children-keep-what-an-ending-program-has": "fail",
}

honest.publish(honest.Backend, globals())
