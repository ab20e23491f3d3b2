"""The checks of area `memory`."""
