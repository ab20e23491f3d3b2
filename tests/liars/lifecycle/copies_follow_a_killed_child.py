"""Once a child has been killed, the children that are started later receive copies."""

from ..honest import copies
from ..honest import plain as honest

START_METHODS = ("spawn", "forkserver")
CAUGHT_BY = {"lifecycle.writes-reach-every-process": "fail"}

_started = []


class Context(honest.Context):
    def Process(self, *args, **keywords):
        _started.append(self.context.Process(*args, **keywords))
        return _started[-1]


class Contexts(honest.Contexts):
    context = Context


class Backend(copies.Backend):
    def reduce(self, obj, lock):
        was_killed = any((process.exitcode or 0) < 0 for process in _started)
        return self.shared_copy(obj) if was_killed else obj, lock


honest.publish(Backend, globals(), Contexts)
