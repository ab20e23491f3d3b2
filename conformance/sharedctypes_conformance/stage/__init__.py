"""Drives actors: starts, watches and stops them, and remembers what they did."""
