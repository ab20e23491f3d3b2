"""Backends that are no module with the six names: what makes each of them one.

They run in the target interpreter, like the actors, and hand on what is there, as it is. The suite
knows them by the names in `backends`.
"""
