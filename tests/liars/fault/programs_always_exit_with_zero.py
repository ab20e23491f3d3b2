"""A program ends with status 0, however it ended."""

import atexit
import os
import sys

from ..honest import plain as honest

CAUGHT_BY = {"fault.exits-cleanly-with-live-objects": "fail"}
START_METHODS = ("fork",)

# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_program" in sys.modules:
    atexit.register(os._exit, 0)

honest.publish(honest.Backend, globals())
