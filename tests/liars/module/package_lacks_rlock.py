"""The package has contexts of its own, but no RLock beside them."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.package-has-same-functions": "fail",
}
START_METHODS = ("fork",)


honest.publish(honest.Backend, globals(), honest.Contexts)
del globals()["RLock"]
