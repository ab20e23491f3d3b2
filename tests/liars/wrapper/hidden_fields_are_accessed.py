"""A field that hides one of a base is accessed as the base has it."""

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.inherited-fields-match-object": "fail"}


def first_of(obj, name):
    """Return the field of that name of the outermost base that has one."""
    for base in reversed(type(obj).__mro__):
        if any(field[0] == name for field in base.__dict__.get("_fields_", ())):
            return base.__dict__[name]
    return getattr(type(obj), name)


class Backend(honest.Backend):
    def field(self, name):
        def get(wrapper):
            return self.read(wrapper, lambda obj: first_of(obj, name).__get__(obj, type(obj)))

        def put(wrapper, value):
            self.write(wrapper, lambda obj: first_of(obj, name).__set__(obj, value))

        return property(get, put)


honest.publish(Backend, globals())
