"""Starts a daemon: a process without a parent, in a session and with an environment of its own."""

import os
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-processes": "leak",
}


class Backend(honest.Backend):
    started = False

    def RawValue(self, typecode_or_type, *args):
        if not self.started:
            self.started = True
            mark = os.environ.get("SHAREDCTYPES_TEST_MARK", str(os.getpid()))
            begun, begins = os.pipe()
            child = os.fork()
            if child == 0:
                os.setsid()
                if os.fork() == 0:
                    command = [sys.executable, "-c", "import time; time.sleep(120)", mark]
                    os.execve(sys.executable, command, {})
                os._exit(0)
            os.waitpid(child, 0)
            os.close(begins)
            os.read(begun, 1)  # it ends when the daemon has become another program
            os.close(begun)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
