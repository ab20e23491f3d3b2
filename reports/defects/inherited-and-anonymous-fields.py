"""Assigning to inherited fields and anonymous members is lost."""

import importlib
import os
import signal
import sys
from ctypes import Structure, c_int

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


class Point(Structure):
    _fields_ = [("x", c_int)]


class Point3D(Point):
    _fields_ = [("z", c_int)]


class Pixel(Structure):
    _anonymous_ = ("at",)
    _fields_ = [("at", Point)]


point, pixel = shared.Value(Point3D), shared.Value(Pixel)
point.x = pixel.x = 5
seen = (point.get_obj().x, pixel.get_obj().x)
expected = (5, 5)
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)
