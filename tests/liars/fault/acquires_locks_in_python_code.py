"""Locks are acquired and released by Python code: an interrupt in between keeps one locked.

The honest backend with the standard library's locks does this; nothing is added here.
"""

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.interrupted-access-releases-lock": "fail",
    "fault.interrupted-with-block-releases-lock": "fail",
}
START_METHODS = ("fork",)

honest.publish(honest.Backend, globals())
