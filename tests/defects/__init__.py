"""Defects of released backends, told so that they can be reported: `reports/defects/`.

For each there is a TOML file with what was found out, a reproducer that needs nothing but the
backend, and a page made of both. `record` runs the reproducers, and `page` writes the pages.
"""
