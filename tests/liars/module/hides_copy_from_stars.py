"""`from module import *` does not bind `copy`."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.star-import-provides-all-six-functions": "fail",
}
START_METHODS = ("fork",)


__all__ = [name for name in honest.SIX if name != "copy"]

honest.publish(honest.Backend, globals())
