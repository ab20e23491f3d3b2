"""What of the standard library a reproducer may name: what checks call in their actors."""

from __future__ import annotations

import ctypes

# What a name may stand for, besides functions of the actors and those of the backend.
ALLOWED_NAMES = frozenset(
    [f"builtins.{name}" for name in dir(ctypes) if name.startswith("c_")]
    + [f"ctypes.{name}" for name in dir(ctypes) if name.startswith("c_")]
    + [
        f"builtins.{name}"
        for name in [
            "bool",
            "bytearray",
            "bytes",
            "callable",
            "delattr",
            "dict",
            "dir",
            "enumerate",
            "Ellipsis",
            "float",
            "getattr",
            "hasattr",
            "hash",
            "int",
            "isinstance",
            "issubclass",
            "iter",
            "len",
            "list",
            "list.append",
            "max",
            "memoryview",
            "min",
            "next",
            "object",
            "repr",
            "reversed",
            "setattr",
            "slice",
            "sorted",
            "str",
            "sum",
            "tuple",
            "type",
        ]
    ]
    + [
        f"operator.{name}"
        for name in [
            "add",
            "concat",
            "contains",
            "countOf",
            "delitem",
            "eq",
            "ge",
            "getitem",
            "gt",
            "iadd",
            "indexOf",
            "le",
            "lt",
            "ne",
            "setitem",
        ]
    ]
    + [
        "array.array",
        "array.typecodes",
        "collections.UserList",
        "collections.deque",
        "copy.copy",
        "copy.deepcopy",
        "ctypes.Array",
        "ctypes.Structure",
        "ctypes.Union",
        "ctypes.sizeof",
    ]
    + [
        "gc.collect",
        "inspect.getattr_static",
        "io.BytesIO",
        "os._exit",
        "os.getppid",
        "pickle.dumps",
        "signal.SIGTERM",
        "struct.Struct",
        "threading.Lock",
        "threading.RLock",
        "threading.Semaphore",
    ]
)
