"""Reproducers: programs that show a finding again, written from the evidence in a report.

A reproducer needs nothing but the backend. What a report says is data: names in it are those of
what the suite itself calls in its actors, and values are written as literals, or nothing is.
"""
