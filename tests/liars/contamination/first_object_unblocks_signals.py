"""The first object starts a helper, for which signals are blocked, and unblocked when it runs."""

import signal
from multiprocessing import resource_tracker

from ..honest import plain as honest

CAUGHT_BY = {
    "contamination.first-use-changes-no-process-settings": "fail",
}
# A forked child starts no helper: there is none before the first object anyway.
START_METHODS = ("spawn", "forkserver")


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if resource_tracker._resource_tracker._fd is None:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
            resource_tracker.ensure_running()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
