"""Prints two lines when it is imported, by every process that does."""

import sys

from . import plain as honest

CAUGHT_BY = {}

print("1.0 of an experiment")
print("there may be errors", file=sys.stderr)

honest.publish(honest.Backend, globals())
