"""The module under test: another one can be named, to see that a test bites."""

from __future__ import annotations

import importlib
import os
from typing import Any

MODULE = os.environ.get("SHAREDCTYPES_UNDER_TEST", "sharedctypes_reference")
backend: Any = importlib.import_module(MODULE)
