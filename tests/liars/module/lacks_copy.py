"""There is no `copy`."""

from ..honest import plain as honest

CAUGHT_BY = {"module.has-the-six-names": "fail"}

honest.publish(honest.Backend, globals())
del globals()["copy"]
