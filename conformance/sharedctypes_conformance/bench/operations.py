"""The operations that are timed, as statements: what a program writes, and what it prepares.

`backend` is the module.  Where an operation goes through a wrapper, `raw` does the same to the raw
object: the documentation says that "accessing the ctypes object through the wrapper can be a lot
slower than accessing the raw ctypes object", and how much slower is measured for each backend.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """A statement that is timed after its `setup`; `raw` is the one without a wrapper, if any.

    `copies` is how often the statement stands in the loop, so that the loop itself counts little.
    """

    name: str
    setup: str
    statement: str
    raw: str = ""
    copies: int = 20


_VALUE = "v = backend.Value('i', 5); r = v.get_obj()"
_POINT = (
    "import ctypes\n"
    "class Point(ctypes.Structure):\n"
    "    _fields_ = [('x', ctypes.c_double), ('y', ctypes.c_double)]\n"
    "v = backend.Value(Point, 1, 2); r = v.get_obj()"
)
_ARRAY = "v = backend.Array('i', range(16)); r = v.get_obj(); four = [4, 5, 6, 7]"
_STRING = "v = backend.Array('c', b'twelve bytes'); r = v.get_obj(); text = b'other bytes!'"
_NUMBERS = "import array; numbers = array.array('d', range(100000))"
_MEBIBYTE = 1 << 20

OPERATIONS = (
    Operation("value: read", _VALUE, "v.value", "r.value"),
    Operation("value: write", _VALUE, "v.value = 7", "r.value = 7"),
    Operation("field: read", _POINT, "v.x", "r.x"),
    Operation("field: write", _POINT, "v.x = 7.5", "r.x = 7.5"),
    Operation("item: read", _ARRAY, "v[3]", "r[3]"),
    Operation("item: write", _ARRAY, "v[3] = 7", "r[3] = 7"),
    Operation("slice of four: read", _ARRAY, "v[4:8]", "r[4:8]"),
    Operation("slice of four: write", _ARRAY, "v[4:8] = four", "r[4:8] = four"),
    Operation("string value: read", _STRING, "v.value", "r.value"),
    Operation("string value: write", _STRING, "v.value = text", "r.value = text"),
    Operation("with v:", _VALUE, "with v: pass"),
    Operation("with v: v.value += 1", _VALUE, "with v: v.value += 1"),
    Operation("acquire(); release()", _VALUE, "v.acquire(); v.release()"),
    Operation("RawValue made and dropped", "", "backend.RawValue('i', 5)"),
    Operation("Value with its lock", "", "backend.Value('i', 5)", copies=1),
    Operation(
        "RawArray, 100 000 from a list",
        _NUMBERS + "; given = numbers.tolist()",
        "backend.RawArray('d', given)",
        copies=1,
    ),
    Operation(
        "RawArray, 100 000 from a buffer",
        _NUMBERS,
        "backend.RawArray('d', numbers)",
        copies=1,
    ),
    Operation("RawArray of 256 MiB", "", f"backend.RawArray('b', {256 * _MEBIBYTE})", copies=1),
    Operation(
        "copy of 800 kB",
        "given = backend.RawArray('d', 100000)",
        "backend.copy(given)",
        copies=1,
    ),
)
