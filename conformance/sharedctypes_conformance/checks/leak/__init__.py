"""The checks of area `leak`."""
