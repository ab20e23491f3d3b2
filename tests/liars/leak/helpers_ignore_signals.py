"""Starts a helper in a session of its own that ignores the signals by which processes are ended."""

import os
import subprocess
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-processes": "leak",
}

_HELPER = """
import signal, time
for name in ("SIGTERM", "SIGINT", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
print("ready", flush=True)
time.sleep(120)
"""


class Backend(honest.Backend):
    helper = None

    def RawValue(self, typecode_or_type, *args):
        if self.helper is None:
            self.helper = subprocess.Popen(
                # With the creator's id, so that a test finds it.
                [sys.executable, "-c", _HELPER, str(os.getpid())],
                stdout=subprocess.PIPE,
                start_new_session=True,
                env={},
            )
            self.helper.stdout.readline()
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
