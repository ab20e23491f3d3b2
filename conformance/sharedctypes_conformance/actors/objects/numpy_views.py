"""What numpy makes of shared objects, where it is installed."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable
from typing import Any

NOT_INSTALLED = "numpy is not installed"


def _numpy() -> Any:
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return None


def of_raw_objects(raw_array: Callable[..., Any], structure: Any) -> Any:
    """Return for each function of numpy whether its array shares the memory, and its dtype."""
    numpy = _numpy()
    if numpy is None:
        return NOT_INSTALLED
    doubles, points = raw_array(ctypes.c_double, 4), raw_array(structure, 2)
    flat = numpy.frombuffer(doubles)
    flat[1] = 2.5
    same = numpy.asarray(doubles)
    same[2] = 3.5
    named = numpy.asarray(points)
    named["x"] = 4.5
    return {
        "frombuffer": [doubles[1] == 2.5, str(flat.dtype)],
        "asarray": [doubles[2] == 3.5, str(same.dtype)],
        "asarray of structures": [points[1].x == 4.5, [*named.dtype.names]],
    }


def of_a_wrapper(array: Callable[..., Any]) -> Any:
    """Return what each function of numpy does with a wrapper."""
    numpy = _numpy()
    if numpy is None:
        return NOT_INSTALLED
    wrapper = array(ctypes.c_int, [1, 2])
    found = {}
    for name in ("frombuffer", "asarray"):
        try:
            made = getattr(numpy, name)(wrapper)
            made[0] = 9
        except Exception as raised:  # whatever it raises is the outcome
            found[name] = f"raised {type(raised).__name__}"
        else:
            found[name] = "shares the memory" if wrapper[0] == 9 else "is a copy"
    return found
