"""Importing it has the forkserver import this module, and no longer what the program told it to."""

import multiprocessing
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

# Not where its source is looked at only, as in a process of tests.
if "sharedctypes_actors" in sys.modules:
    multiprocessing.set_forkserver_preload([__name__])

honest.publish(honest.Backend, globals())
