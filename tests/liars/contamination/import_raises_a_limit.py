"""Importing it raises a resource limit, for the program and for all that the program starts."""

import resource

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard if soft < hard else hard - 1, hard))

honest.publish(honest.Backend, globals())
