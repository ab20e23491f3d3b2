"""A forked child sends a copy of what it inherited to a process that it spawns."""

from ..honest import plain as honest
from . import children_pass_on_copies

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.mixed-contexts-share-or-raise": "fail",
}


honest.publish(children_pass_on_copies.Backend, globals())
