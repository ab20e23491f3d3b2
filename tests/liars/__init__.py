"""The gallery of liars: backends that each break one promise, and are to be caught at it.

Each module is a backend, in the folder of the area that catches it. Its docstring is the lie,
`CAUGHT_BY` names the clauses that must catch it and the verdict of each, and `START_METHODS`, where
it has them, the start methods under which it lies. A liar overrides one method of
`honest.plain.Backend`, which itself keeps every clause; `honest` has others that lie about nothing.
"""
