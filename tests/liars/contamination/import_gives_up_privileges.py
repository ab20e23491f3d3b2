"""Importing it lets no program that the process starts have more privileges, `sudo` for example."""

import ctypes
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

PR_SET_NO_NEW_PRIVS = 38
# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_actors" in sys.modules:
    ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)

honest.publish(honest.Backend, globals())
