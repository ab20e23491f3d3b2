"""Hypothesis strategies: types, values, shared objects and the operations on them.

Draws are flat choices from tables built in advance, because generation limits the number of
examples per second. What is drawn is plain data that describes objects; only actors create them.
"""
