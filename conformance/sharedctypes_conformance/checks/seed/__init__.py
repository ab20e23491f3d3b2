"""The checks of area `seed`."""
