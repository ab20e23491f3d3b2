"""Prints two lines whenever a process imports it."""

import sys

from . import plain as honest

CAUGHT_BY = {}

print("1.0 of an experiment")
print("there may be errors", file=sys.stderr)

honest.publish(honest.Backend, globals())
