"""Each access is appended to a list that nobody reads."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.accesses-leak-no-memory": "leak",
}


_notes = []


class Backend(honest.Backend):
    def write(self, wrapper, action):
        _notes.append(("written", id(wrapper)))
        super().write(wrapper, action)


honest.publish(Backend, globals())
