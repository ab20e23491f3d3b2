"""Views of a shared object: who sees it, and whether through its wrapper or without one."""

from __future__ import annotations

from hypothesis import strategies as st

from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.pool import Shared

_OBJECT = "'s object"
NAMES = ("creator", "child", f"creator{_OBJECT}", f"child{_OBJECT}")
VIEWS = st.sampled_from(NAMES)


def seen(shared: Shared, view: str) -> Handle:
    """Return what a view shows: the object as it was created, or the one that its wrapper wraps."""
    handle = shared.seen_by(view.removesuffix(_OBJECT))
    if shared.creator is shared.raw or not view.endswith(_OBJECT):
        return handle
    wrapped: Handle = invoke(handle, "get_obj")
    return wrapped


def expect_free(shared: Shared, view: str, what: str) -> None:
    """Raise NotKept if the lock of a wrapper is held by those of a view; raw objects have none."""
    if shared.creator is shared.raw:
        return
    # Tried in another process: the owner of a reentrant lock could acquire it again.
    wrapper = shared.creator if view.startswith("child") else shared.child
    actor = actor_of(wrapper)
    if not actor.call(calls.call_method, wrapper, "acquire", False):
        raise NotKept(f"the lock is held after {what}")
    actor.call(calls.call_method, wrapper, "release")
