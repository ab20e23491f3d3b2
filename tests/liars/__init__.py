"""The gallery of liars: backends that each break one promise, and are to be caught at it.

Each module is a backend, in the folder of the area that catches it. It reads from top to bottom:
its docstring is the lie, `CAUGHT_BY` names the clauses that must catch it and the verdict of each,
and `START_METHODS`, where it has them, the start methods under which it lies. Then a subclass of
`honest.plain.Backend`, which itself keeps every clause, overrides one method, and
`honest.publish(Backend, globals())` gives the module the names of the API.

`honest` has other backends that lie about nothing, which some liars extend, and in `honest.raw`
what liars do to raw objects. All this has to run on Python 3.8 and PyPy.
"""
