"""The checks of area `lock`."""
