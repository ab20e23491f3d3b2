"""The checks: one folder per area of the contract, and `kit` for what they share.

A check is a function under `@check("area.clause-id")` that observes one thing. Run them with
`sharedctypes-conformance run`, or

    pytest --pyargs sharedctypes_conformance.checks --backend MODULE
"""
