"""Blocks that a thread enters in one call and leaves in a later one.

Each thread keeps its open blocks, the innermost last. A block is a true `with` statement, in a
generator that waits inside of it, or an `ExitStack` that has entered the manager.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator
from typing import Any


class _Own(threading.local):
    def __init__(self) -> None:
        self.blocks: list[Any] = []


_own = _Own()


class _Broken(Exception):
    """What ends the body of a block."""


def _block(manager: Any) -> Generator[None, None, None]:
    with manager:
        yield


def enter_with(manager: Any) -> bool:
    """Enter `with manager:`; return True once inside."""
    block = _block(manager)
    next(block)
    _own.blocks.append(block)
    return True


def enter_stack(manager: Any) -> bool:
    """Enter the manager by an `ExitStack`; return True once inside.

    Where the class gives a stack nothing to call, a `with` statement works all the same, and is
    used: that a stack does not is for other checks to say.
    """
    if not callable(getattr(type(manager), "__enter__", None)):
        return enter_with(manager)
    stack = contextlib.ExitStack()
    stack.enter_context(manager)
    _own.blocks.append(stack)
    return True


def leave(raising: bool) -> str | None:
    """Leave the innermost block; return "swallowed" if its exception has been.

    With `raising`, the body of the block raises. What the block itself raises instead is raised.
    """
    block = _own.blocks.pop()
    if not raising:
        if isinstance(block, contextlib.ExitStack):
            block.close()
        else:
            next(block, None)
        return None
    broken = _Broken()
    try:
        if isinstance(block, contextlib.ExitStack):
            return "swallowed" if block.__exit__(_Broken, broken, None) else None
        block.throw(broken)
    except _Broken:
        return None
    except StopIteration:
        pass
    return "swallowed"
