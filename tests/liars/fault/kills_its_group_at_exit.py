"""A program kills its process group when it ends, to be rid of its helper processes."""

import atexit
import os
import signal
import sys

from ..honest import plain as honest

CAUGHT_BY = {"fault.exits-cleanly-with-live-objects": "crash"}
START_METHODS = ("fork",)

# Not where its source is looked at only, as in a process of tests.
if {"sharedctypes_program", "sharedctypes_actors"} & {*sys.modules}:
    atexit.register(os.killpg, 0, signal.SIGKILL)

honest.publish(honest.Backend, globals())
