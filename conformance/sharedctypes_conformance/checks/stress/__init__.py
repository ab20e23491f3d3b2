"""The checks of area `stress`."""
