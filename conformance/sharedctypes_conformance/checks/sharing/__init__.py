"""The checks of area `sharing`."""
