"""Memory is promised before it is there: when none is left, writing kills the process.

The raw objects of the honest backend, the standard library's, do this; nothing is added here.
"""

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.full-filesystem-raises-before-first-object": "crash",
    "fault.full-filesystem-raises-after-first-object": "crash",
}
START_METHODS = ("fork",)
UNJUDGED_WITHOUT = "a user who may mount a file system"

honest.publish(honest.Backend, globals())
