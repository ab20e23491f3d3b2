"""Importing it has the process killed when its parent ends, as is meant for helper processes."""

import ctypes
import signal
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

PR_SET_PDEATHSIG = 1
# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_actors" in sys.modules:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)

honest.publish(honest.Backend, globals())
