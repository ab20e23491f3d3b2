"""All default locks come from the context that was the default when the first was created."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.ctx-none-is-current-context": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Backend(honest.Backend):
    first = None

    def new_lock(self, ctx):
        self.first = self.first or multiprocessing.get_context()
        return super().new_lock(ctx or self.first)


honest.publish(Backend, globals())
