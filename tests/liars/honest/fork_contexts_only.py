"""A package whose contexts know one start method, fork."""

from . import plain as honest

CAUGHT_BY = {}
START_METHODS = ("fork",)

# What is not judged where there is no other start method.
UNJUDGED = {
    "context.objects-reach-processes-of-their-context",
    "context.ctx-none-is-current-context",
    "sharing.mixed-contexts-share-or-raise",
}


def _expect_fork(method):
    if method not in (None, "fork"):
        raise ValueError(f"cannot find context for {method!r}")


class Contexts(honest.Contexts):
    def get_context(self, method=None):
        _expect_fork(method)
        return super().get_context("fork")

    def set_start_method(self, method, force=False):
        _expect_fork(method)
        super().set_start_method(method, force)

    def get_all_start_methods(self):
        return list(START_METHODS)


honest.publish(honest.Backend, globals(), Contexts)
