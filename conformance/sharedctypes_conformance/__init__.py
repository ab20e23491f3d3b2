"""Conformance suite for every backend that promises the `multiprocessing.sharedctypes` API.

A backend is a module with `RawValue`, `RawArray`, `Value`, `Array`, `copy` and `synchronized`.
The suite never imports it: `stage` starts *actors* in the target interpreter, they import the
backend and do as they are told, and `suite` compares what came with what the `contract` says.
"""

__version__ = "0.1.0"
