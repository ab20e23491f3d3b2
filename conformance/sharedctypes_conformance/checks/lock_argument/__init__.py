"""The checks of area `lock-argument`."""
