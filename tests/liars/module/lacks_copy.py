"""There is no `copy`."""

from ..honest import plain as honest

CAUGHT_BY = {"module.has-all-six-functions": "fail"}

honest.publish(honest.Backend, globals())
del globals()["copy"]
