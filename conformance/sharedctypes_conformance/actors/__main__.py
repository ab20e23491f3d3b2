"""The creator: the first actor of a stage, started by the suite as a process of its own.

Spawned children import this module again as their main module, so it holds nothing but the start.
"""

import sys

# Older ones cannot even import the rest, and are refused here in a syntax that they can read: what
# this project itself needs to run (UP036), and f-strings (UP031), do not matter to them.
if sys.version_info < (3, 8):  # noqa: UP036
    sys.exit("it is Python %d.%d; 3.8 and later can be judged" % sys.version_info[:2])  # noqa: UP031

from .runtime import serve
from .system import leaked_names

if __name__ == "__main__":
    address, number, stacks = sys.argv[1:]
    leaked_names.note_existing()
    serve.prepare_process(int(number), {}, stacks)
    serve.serve(address, int(number))
