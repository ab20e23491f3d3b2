"""Each `release` of a Lock lets one more in."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.surplus-releases-admit-no-second-holder": "fail",
    "lock.free-plain-lock-refuses-release": "fail",
}


class Context(honest.Context):
    def Lock(self):
        return self.context.Semaphore()


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)
