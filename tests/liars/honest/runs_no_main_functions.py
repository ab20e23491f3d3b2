"""Its processes run no function of the main module, whatever is given to them."""

import sys

from . import plain as honest

CAUGHT_BY = {}


class Context(honest.Context):
    def Process(self, *args, target=None, **keywords):
        if target.__module__ == "__main__":
            target, keywords["args"] = sys.exit, (1,)
        return self.context.Process(*args, target=target, **keywords)


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
