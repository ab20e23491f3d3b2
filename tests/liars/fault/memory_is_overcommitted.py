"""Memory is promised and not had: where it is full, writing into it kills the process.

Nothing in it differs from the honest backend, whose raw objects are the standard library's.
"""

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.full-memory-raises-before-the-first-object": "crash",
    "fault.full-memory-raises-after-the-first-object": "crash",
}
START_METHODS = ("fork",)
UNJUDGED_WITHOUT = "a user who may mount a file system"

honest.publish(honest.Backend, globals())
