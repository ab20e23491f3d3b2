"""The gallery of liars: backends with one defect each, which has to be found.

Each module is a backend, in the folder of the area that catches it. It reads from top to bottom:
its docstring is the lie, `CAUGHT_BY` names the clauses that must catch it and the verdict of each,
and `START_METHODS`, where it has them, the start methods under which it lies. Then, in
most of them, a subclass of `honest.plain.Backend` overrides one method, and
`honest.publish(Backend, globals())` gives the module the names of the API. That backend breaks no
clause except those that the raw objects and locks of the standard library break, its `BREAKS`.

`honest` has other backends that lie about nothing, some of which liars extend, and in `honest.raw`
what liars do to raw objects. All this has to run on Python 3.8 and PyPy, but for backends that
import the reference, which has to run on Python 3.10.
"""
