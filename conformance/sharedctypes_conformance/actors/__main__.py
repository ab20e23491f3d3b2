"""The creator: the first actor of a stage, started by the suite as a process of its own.

Spawned children import this module again as their main module, so it holds nothing but the start.
"""

import sys

from .runtime import serve

if __name__ == "__main__":
    address, number, stacks = sys.argv[1:]
    serve.prepare_process(int(number), {}, stacks)
    serve.serve(address, int(number))
