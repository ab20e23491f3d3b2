"""It takes and frees locks in steps of Python, and an interrupt between two of them keeps one.

Nothing in it differs from the honest backend, whose locks are the standard library's.
"""

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.interrupts-never-keep-the-lock": "fail",
    "fault.interrupts-never-keep-the-lock-of-a-block": "fail",
}
START_METHODS = ("fork",)

honest.publish(honest.Backend, globals())
