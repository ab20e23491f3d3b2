"""The checks of area `context`."""
