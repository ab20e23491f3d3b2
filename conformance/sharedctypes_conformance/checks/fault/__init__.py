"""The checks of area `fault`."""
