"""Importing it gives the process another name, as `ps` and `top` show it."""

import ctypes
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

PR_SET_NAME = 15
# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_actors" in sys.modules:
    ctypes.CDLL(None).prctl(PR_SET_NAME, b"shared-objects", 0, 0, 0)

honest.publish(honest.Backend, globals())
