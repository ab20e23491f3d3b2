"""Starts two processes that outlive the program, one of them in a session of its own."""

import subprocess
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-processes": "leak",
}


_SLEEP = "import time; time.sleep(120)"


class Backend(honest.Backend):
    helpers = ()

    def RawValue(self, typecode_or_type, *args):
        if not self.helpers:
            self.helpers = [
                subprocess.Popen([sys.executable, "-c", _SLEEP], start_new_session=apart)
                for apart in (False, True)
            ]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
