"""Objects that only a Process refers to are freed when it has started.

The raw objects of the standard library do this; nothing is added to them here.
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
