"""Conformance suite for implementations (backends) of the `multiprocessing.sharedctypes` API.

A backend is a module with `RawValue`, `RawArray`, `Value`, `Array`, `copy` and `synchronized`. The
suite never imports it: `stage` starts *actors* in the target interpreter, which import the backend
and make the calls of the `checks`; these compare the outcomes with what the `contract` says.
"""

__version__ = "0.1.0"
