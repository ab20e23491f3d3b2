"""Objects are reached through the forkserver once it runs, and cannot be used without it."""

import os
from multiprocessing import forkserver

from ..honest import plain as honest

START_METHODS = ("forkserver",)
CAUGHT_BY = {
    "fault.objects-survive-killed-forkserver": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        server = forkserver._forkserver._forkserver_pid
        ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
        if server is not None and os.waitid(os.P_PID, server, ended) is not None:
            raise ConnectionError("the server has ended")
        return super().access(wrapper, operation)


honest.publish(Backend, globals())
