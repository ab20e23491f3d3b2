"""The checks: one module per area of the contract, or per part of a large one.

A check is a function under `@check("area.clause-id")` that observes one thing. Run them with
`sharedctypes-conformance run` or `pytest --pyargs sharedctypes_conformance.suite --backend MODULE`.
"""
