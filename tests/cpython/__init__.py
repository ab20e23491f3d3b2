"""CPython's tests and this project's, each run against the other's implementation."""

#: CPython's test module, and its classes for shared ctypes.
MODULE = "test._test_multiprocessing"
CLASSES = ("_TestValue", "_TestArray", "_TestSharedCTypes", "_TestHeap")
