"""A plain backend that lies about nothing; every liar is this one, but for a lie.

Raw objects are the standard library's. The wrappers are this module's own, and small enough to see
that they keep the contract: every access goes through `Backend.read` or `Backend.write`.
"""

import ctypes
import importlib
import multiprocessing
import multiprocessing.sharedctypes as sharedctypes
from multiprocessing import synchronize  # where a package has the classes of its locks
from multiprocessing.context import assert_spawning

CAUGHT_BY = {}

# Clauses that its raw objects and locks break, being the standard library's, and under which start
# methods.
ALL = ("fork", "spawn", "forkserver")
BREAKS = {
    "raw.short-initializers-leave-zeros": ALL,
    "memory.resurrected-object-keeps-memory": ALL,
    "sharing.arrays-of-arrays-are-shared": ("spawn", "forkserver"),
    "sharing.nested-objects-are-shared-or-start-raises": ("spawn", "forkserver"),
    "contamination.ordinary-objects-can-still-be-arguments": ("spawn", "forkserver"),
    "contamination.ordinary-objects-can-still-be-pickled": ALL,
    "contamination.types-are-garbage-collected": ALL,
    "contamination.first-use-changes-no-process-settings": ("spawn", "forkserver"),
    "fault.interrupted-access-releases-lock": ALL,
    "fault.interrupted-with-block-releases-lock": ALL,
    "fault.interrupted-construction-corrupts-nothing": ALL,
    "fault.signal-handlers-can-construct-objects": ALL,
    "fault.full-filesystem-raises-before-first-object": ALL,
    "fault.full-filesystem-raises-after-first-object": ALL,
    "fault.works-without-error-descriptor": ("spawn", "forkserver"),
    "fault.closed-descriptors-spare-other-files": ("spawn", "forkserver"),
    "lifetime.arguments-survive-until-received": ("spawn", "forkserver"),
    "lifetime.arguments-of-two-children-are-distinct": ALL,
    "lifetime.memory-of-arguments-is-not-reused": ALL,
    "lifetime.objects-dropped-by-parent-survive-in-children": ALL,
    "lifetime.objects-dropped-by-others-survive-in-grandchild": ALL,
    "lifetime.objects-of-ending-program-reach-its-children": ("spawn", "forkserver"),
    "lifecycle.objects-outlive-their-makers-names": ALL,
}


class SynchronizedBase:
    """A wrapper: its object, its lock, and the backend that says how to access one with the other.

    The attributes have names that no field of a structure in a test has.
    """

    def __init__(self, backend, obj, lock):
        self.__dict__["_honest"] = (backend, obj, lock)

    def get_obj(self):
        return self._honest[1]

    def get_lock(self):
        return self._honest[2]

    def acquire(self, *args, **keywords):
        return self.get_lock().acquire(*args, **keywords)

    def release(self):
        return self.get_lock().release()

    def __enter__(self):
        return self._honest[0].enter(self)

    def __exit__(self, *exc_info):
        return self._honest[0].leave(self, *exc_info)

    def __reduce__(self):
        assert_spawning(self)
        backend, obj, lock = self._honest
        return _rebuild, (backend.module, *backend.reduce(obj, lock))

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self.get_obj()!r}>"


def _rebuild(module, obj, lock):
    backend = importlib.import_module(module).backend
    return backend.rebuild(obj, lock)


def accessor(name):
    """Return a property that reads and writes an attribute of the object."""

    def get(self):
        return self._honest[0].read(self, lambda obj: getattr(obj, name))

    def put(self, value):
        self._honest[0].write(self, lambda obj: setattr(obj, name, value))

    return property(get, put)


class Synchronized(SynchronizedBase):
    value = accessor("value")


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self.get_obj())

    def __getitem__(self, index):
        return self._honest[0].read(self, lambda obj: obj[index])

    def __setitem__(self, index, value):
        self._honest[0].write(self, lambda obj: obj.__setitem__(index, value))


class SynchronizedString(SynchronizedArray):
    value = accessor("value")
    raw = accessor("raw")


def field_names(cls):
    """Return the names of all fields of a structure or union, inherited and anonymous ones too."""
    names = []
    for base in reversed(cls.__mro__):
        anonymous = set(base.__dict__.get("_anonymous_", ()))
        for field in base.__dict__.get("_fields_", ()):
            names.append(field[0])
            if field[0] in anonymous:
                names += field_names(field[1])
    return names


class LockProxy:
    """A lock that passes all calls on to another one; a liar overrides some of them."""

    def __init__(self, lock):
        self.lock = lock

    def acquire(self, block=True, timeout=None):
        return self.lock.acquire(block, timeout)

    def release(self):
        self.lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


SIX = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")
OF_A_PACKAGE = (
    "get_context",
    "set_start_method",
    "get_start_method",
    "get_all_start_methods",
    "Lock",
    "RLock",
)
RESERVED = {"acquire", "release", "get_obj", "get_lock", "_honest"}


class Backend:
    """The functions of a backend, and their parts; a liar overrides one of them.

    `module` is the name of the module that has the instance as `backend`.
    """

    # The classes of wrappers by the kind of object; those of structures are created as needed.
    # `mixin`, if any, is a class whose methods all wrappers have in place of their own.
    value_class = Synchronized
    array_class = SynchronizedArray
    string_class = SynchronizedString
    mixin = None

    def __init__(self, module):
        self.module = module
        self._classes = {}

    # Creating objects.

    def RawValue(self, typecode_or_type, *args):
        return self.raw(sharedctypes.RawValue(typecode_or_type, *args))

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.raw(sharedctypes.RawArray(typecode_or_type, size_or_initializer))

    def raw(self, obj):
        """Return what RawValue and RawArray return for a new object: here, itself."""
        return obj

    def copy(self, obj):
        return sharedctypes.copy(obj)

    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        return self.guarded(self.RawValue(typecode_or_type, *args), lock, ctx)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
        return self.guarded(self.RawArray(typecode_or_type, size_or_initializer), lock, ctx)

    def guarded(self, obj, lock, ctx):
        """Return what Value and Array return for a raw object."""
        if lock is False:
            return obj
        if lock is True or lock is None:
            lock = self.new_lock(ctx)
        elif not hasattr(lock, "acquire"):
            raise AttributeError(f"{lock!r} has no method 'acquire'")
        return self.synchronized(obj, lock, ctx)

    def new_lock(self, ctx):
        """Return the default lock."""
        return ctx.RLock() if ctx else self.lock(multiprocessing.RLock())

    def lock(self, lock):
        """Return what users get for a new lock of multiprocessing: here, itself."""
        return lock

    def synchronized(self, obj, lock=None, ctx=None):
        if isinstance(obj, SynchronizedBase):
            raise AssertionError("object already synchronized")
        if lock is None:
            lock = self.new_lock(ctx)
        return self.class_for(obj)(self, obj, self.lock_for(lock))

    def lock_for(self, lock):
        """Return the lock of a wrapper for one that was given or created: here, itself."""
        return lock

    def class_for(self, obj):
        """Return the class that wraps an object."""
        cls = self.class_without_mixin(obj)
        if self.mixin is None:
            return cls
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (self.mixin, cls), {})
        return self._classes[cls]

    def class_without_mixin(self, obj):
        cls = type(obj)
        if isinstance(obj, ctypes._SimpleCData):
            return self.value_class
        if isinstance(obj, ctypes.Array):
            return self.string_class if cls._type_ is ctypes.c_char else self.array_class
        if not isinstance(obj, (ctypes.Structure, ctypes.Union)):
            raise TypeError(f"{cls.__name__} is no ctypes object")
        if cls not in self._classes:
            names = field_names(cls)
            if RESERVED & set(names):
                raise TypeError(f"{cls.__name__} has fields named like the wrapper's methods")
            namespace = {name: self.field(name) for name in names}
            self._classes[cls] = type(f"Synchronized{cls.__name__}", (SynchronizedBase,), namespace)
        return self._classes[cls]

    def field(self, name):
        """Return the member of a structure's wrapper that stands for a field."""
        return accessor(name)

    # Using them.

    def read(self, wrapper, operation):
        """Return the result of an operation that reads the object."""
        return self.access(wrapper, operation)

    def write(self, wrapper, operation):
        """Carry out an operation that writes the object."""
        self.access(wrapper, operation)

    def access(self, wrapper, operation):
        """Carry out an operation under the lock."""
        lock = wrapper.get_lock()
        lock.acquire()
        try:
            return operation(wrapper.get_obj())
        finally:
            lock.release()

    def enter(self, wrapper):
        """Do what `with wrapper` does on the way in."""
        return wrapper.get_lock().__enter__()

    def leave(self, wrapper, *exc_info):
        """Do what `with wrapper` does on the way out."""
        return wrapper.get_lock().__exit__(*exc_info)

    # Crossing to a child that does not start as a copy of its parent.

    def reduce(self, obj, lock):
        """Return the object and the lock as they go to a spawned child."""
        return obj, lock

    def rebuild(self, obj, lock):
        """Return the wrapper in the child."""
        return self.class_for(obj)(self, obj, lock)

    def names(self):
        """Return the six functions by name, as the module has them."""
        return {name: getattr(self, name) for name in SIX}


class Context:
    """A context of a package of its own: one of multiprocessing with the backend's functions."""

    def __init__(self, backend, context):
        self.backend = backend
        self.context = context

    def __getattr__(self, name):
        return getattr(self.context, name)

    def RawValue(self, typecode_or_type, *args):
        return self.backend.RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.backend.RawArray(typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        return self.backend.Value(typecode_or_type, *args, lock=lock, ctx=self)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        return self.backend.Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self)

    def Lock(self):
        return self.backend.lock(self.context.Lock())

    def RLock(self):
        return self.backend.lock(self.context.RLock())


class OwnLock(LockProxy):
    """A lock of the package's own: one of multiprocessing behind methods that a liar overrides."""

    def __init__(self, lock):
        super().__init__(lock)
        self.recursive = isinstance(lock, synchronize.RLock)

    def locked(self):
        # multiprocessing's locks have it from 3.14 on.
        return self.lock._semlock._is_zero()

    def __getstate__(self):
        assert_spawning(self)
        return self.__dict__


class Contexts:
    """What a package with contexts has, for a module that is one; other modules here are none."""

    Lock = staticmethod(multiprocessing.Lock)
    RLock = staticmethod(multiprocessing.RLock)
    context = Context

    def __init__(self, backend):
        self.backend = backend

    def get_context(self, method=None):
        return self.context(self.backend, multiprocessing.get_context(method))

    def set_start_method(self, method, force=False):
        multiprocessing.set_start_method(method, force)

    def get_start_method(self, allow_none=False):
        return multiprocessing.get_start_method(allow_none)

    def get_all_start_methods(self):
        return multiprocessing.get_all_start_methods()

    def names(self):
        """Return what a package has beside the six functions, by name."""
        return {name: getattr(self, name) for name in OF_A_PACKAGE}


WRAPPERS = (SynchronizedBase, Synchronized, SynchronizedArray, SynchronizedString)


def publish(backend, module, contexts=None):
    """Make a module a backend by giving it the names of the API.

    `backend` is a class, whose instance becomes the module's `backend`, where spawned children
    look it up; the instance is returned. `module` is the `globals()` of the module. `contexts`, a
    class too, makes the module a package with contexts of its own. A name that the module defines
    itself is left alone.
    """
    published = backend(module["__name__"])
    names = {"backend": published, **{cls.__name__: cls for cls in WRAPPERS}, **published.names()}
    if contexts:
        names.update(contexts(published).names())
    _add(names, module)
    return published


def republish(backend, module):
    """Give a module the names of another module that is a backend, but for those it defines."""
    names = (*SIX, *(cls.__name__ for cls in WRAPPERS))
    _add({name: getattr(backend, name) for name in names}, module)


def _add(names, module):
    for name, value in names.items():
        module.setdefault(name, value)


publish(Backend, globals(), Contexts)
