"""What runs inside the target interpreter.

The standard library only, Python 3.8 and later, and nothing of the rest of this project: an
interpreter into which nothing can be installed is judged by putting this one folder on its path.
It is imported under two names: as part of the suite, which speaks the same wire protocol, and as
`sharedctypes_actors` in the target interpreter.
"""
