"""Constructing shared objects by every constructor, and operations on them."""
