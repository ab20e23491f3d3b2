"""Objects that only a Process refers to are freed when it has started.

The raw objects of the standard library do this; nothing is added to them here.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lifetime.arguments-survive-until-received": "crash",
    "lifetime.arguments-of-two-children-are-distinct": "fail",
    "lifetime.memory-of-arguments-is-not-reused": "fail",
    "lifetime.objects-dropped-by-parent-survive-in-children": "fail",
    "lifetime.objects-dropped-by-others-survive-in-grandchild": "fail",
}

honest.publish(honest.Backend, globals())
