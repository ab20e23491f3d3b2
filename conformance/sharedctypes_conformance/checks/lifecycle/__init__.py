"""The checks of area `lifecycle`."""
