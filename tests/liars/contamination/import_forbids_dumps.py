"""Importing it lets nobody look into the process, its memory being shared: no debugger either."""

import ctypes
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

PR_SET_DUMPABLE = 4
# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_actors" in sys.modules:
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)

honest.publish(honest.Backend, globals())
