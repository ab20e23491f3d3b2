"""Creating an array needs a helper in the program's process group, which dies of its Ctrl-C."""

import subprocess

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.works-in-unusual-environments": "fail",
}


class Backend(honest.Backend):
    helper = None

    def RawArray(self, typecode_or_type, size_or_initializer):
        if self.helper is None:
            self.helper = subprocess.Popen(
                ["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, bufsize=0
            )
        self.helper.stdin.write(b"one more")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())
