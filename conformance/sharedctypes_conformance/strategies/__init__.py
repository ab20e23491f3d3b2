"""Hypothesis strategies: types, values, shared objects and the operations on them.

Draws are flat choices from tables made beforehand, because generation is what bounds the number of
examples a second. What is drawn is plain data that says everything, and is made only in actors.
"""
