"""The first value creates a temporary folder that nobody removes."""

import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-files": "leak",
}


class Backend(honest.Backend):
    folder = ""

    def RawValue(self, typecode_or_type, *args):
        self.folder = self.folder or tempfile.mkdtemp()
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())
