"""A lock of the default context is created when the module is imported."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.import-sets-no-start-method": "fail",
}
START_METHODS = ("fork",)


guard = multiprocessing.Lock()

honest.publish(honest.Backend, globals())
