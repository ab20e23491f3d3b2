"""Value and Array of a SyncManager: proxies of objects in a server process."""

from __future__ import annotations

import multiprocessing
import platform
from multiprocessing.managers import SyncManager
from typing import Any

__all__ = ["Value", "Array"]
__version__ = platform.python_version()

_manager: SyncManager | None = None


def _server() -> SyncManager:
    """Return the manager of this process, or of its parent if it was forked."""
    global _manager
    if _manager is None:
        _manager = multiprocessing.Manager()
    return _manager


def Value(*args: Any, **keywords: Any) -> Any:  # noqa: N802 - the name in the API
    """Call the manager's function."""
    return _server().Value(*args, **keywords)


def Array(*args: Any, **keywords: Any) -> Any:  # noqa: N802 - the name in the API
    """Call the manager's function."""
    return _server().Array(*args, **keywords)
