"""The checks of area `with`."""
