"""Objects that only a Process refers to are given up when it has started.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lifetime.arguments-live-until-the-child-has-them": "crash",
    "lifetime.arguments-of-two-children-are-two-objects": "fail",
    "lifetime.arguments-are-not-given-away": "fail",
    "lifetime.children-keep-what-the-parent-drops": "fail",
    "lifetime.grandchildren-keep-what-others-drop": "fail",
}

honest.publish(honest.Backend, globals())
