"""Area `module`: the names that a backend has, and the arguments of its functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import spies
from ...actors.objects import module_surface
from ...actors.runtime import parts, processes
from ...actors.runtime.probe import NAMES
from ...actors.scenarios import argument_forms
from ...oracle.typecodes import TYPECODES
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies.accesses import SAMPLES
from ...strategies.tables import each_of
from ..kit.check import check, observation
from ..kit.observe import attempt, expect, expect_is, expect_raises, expect_that
from ..kit.packages import expect_from_context

_KINDS: list[str | CType] = [
    *TYPECODES,
    *(CType(name) for name in (*values.SIMPLE_TYPES, *objects.STRUCTURES)),
]
_RAW = [one.raw for one in SAMPLES]


@check("module.has-all-six-functions", name=each_of(NAMES))
def test_has_all_six_functions(stage: Stage, name: str) -> None:
    creator = stage.creator
    named = stage.backend_function(name)
    expect(creator.call("builtins.callable", named), True, f"callable({named})")


@check("module.star-import-provides-all-six-functions")
def test_star_import_provides_all_six_functions(stage: Stage) -> None:
    bound = stage.creator.call(module_surface.star_import, stage.target.backend)
    for name in sorted(stage.target.names):
        what = f"from {stage.target.backend} import * binds {name} to the module's"
        expect_that(bound.get(name, False), what)


# Parameters.


def _named(stage: Stage, function: str) -> Any:
    """Return the backend's function; raises Refused without it, which is for other clauses."""
    if function not in stage.target.names:
        raise Refused(f"it has no {function!r}")
    return stage.backend_function(function)


@check(
    "module.parameters-can-be-given-by-name",
    kind=each_of(_KINDS),
    init=st.integers(0, 4) | st.just(()),
    fewer=2,
)
def test_parameters_can_be_given_by_name(stage: Stage, kind: str | CType, init: Any) -> None:
    functions = {name: stage.backend_function(name) for name in NAMES if name in stage.target.names}
    count, wrong = stage.creator.call(argument_forms.misunderstood, functions, kind, init)
    if not count:
        raise Refused(f"none of its functions takes {kind} and {init!r}")
    if wrong:
        call, text, classes = wrong[0]
        if classes:
            raise OperationRaised(call, tuple(classes), text)
        raise NotKept(f"{call} {text}")


@check("module.synchronized-takes-lock-by-position", description=each_of(_RAW))
def test_synchronized_takes_lock_by_position(stage: Stage, description: Description) -> None:
    creator = stage.creator
    raw, lock = description.create(creator), creator.RLock()
    got = creator.synchronized(raw, lock).get_lock()
    expect_is(got, lock, f"get_lock() of synchronized({description}, lock) is lock")


@check("module.synchronized-takes-ctx-by-position", description=each_of(_RAW))
def test_synchronized_takes_ctx_by_position(stage: Stage, description: Description) -> None:
    creator = stage.creator
    raw, lock = description.create(creator), creator.RLock()
    context = creator.make(spies.RecordingContext, creator.call(processes.context))
    got = creator.synchronized(raw, lock, context).get_lock()
    expect_is(got, lock, f"get_lock() of synchronized({description}, lock, ctx) is lock")
    got = creator.synchronized(raw, None, context).get_lock()
    expect_from_context(got, context, f"synchronized({description}, None, ctx)")


_LOCKS = st.sampled_from([(), (("lock", False),), (("lock", None),), (("lock", True),)])


@check(
    "module.missing-arguments-are-refused",
    function=each_of(NAMES),
    kind=each_of(_KINDS),
    with_last=st.booleans(),
    lock=_LOCKS,
)
def test_missing_arguments_are_refused(
    stage: Stage,
    function: str,
    kind: str | CType,
    with_last: bool,
    lock: tuple[tuple[str, Any], ...],
) -> None:
    arguments: tuple[Any, ...] = ()
    keywords = dict(lock) if function in ("Value", "Array", "synchronized") else {}
    if function.endswith("Array"):
        # One of the two is missing, the first or the last.
        arguments = () if with_last else (kind,)
        if with_last:
            keywords["size_or_initializer"] = 3
    shown = ", ".join([*map(str, arguments), *(f"{key}={one}" for key, one in keywords.items())])
    expect_raises(
        lambda: stage.creator.call(_named(stage, function), *arguments, **keywords),
        f"{function}({shown})",
        "TypeError",
    )


@check(
    "module.surplus-arguments-are-refused",
    function=st.sampled_from(["RawArray", "copy", "synchronized"]),
    description=st.sampled_from([one for one in _RAW if one.maker == "RawArray"]),
    surplus=each_of([None, True, False, 3, (), "lock"]),
)
def test_surplus_arguments_are_refused(
    stage: Stage, function: str, description: Description, surplus: Any
) -> None:
    creator = stage.creator
    arguments: tuple[Any, ...] = (description.create(creator),)
    if function == "RawArray":
        arguments = (description.type, *description.args)
    elif function == "synchronized":
        arguments = (*arguments, None, None)
    expect_raises(
        lambda: creator.call(_named(stage, function), *arguments, surplus),
        f"{function} with {len(arguments) + 1} arguments, the last of them {surplus!r},",
        "TypeError",
    )


@check(
    "module.raw-functions-refuse-lock-and-ctx",
    description=each_of(_RAW),
    by_copy=st.booleans(),
    keyword=st.sampled_from(["lock", "ctx"]),
    value=each_of([None, True, False, "Lock", "RLock"]),
)
def test_raw_functions_refuse_lock_and_ctx(
    stage: Stage, description: Description, by_copy: bool, keyword: str, value: Any
) -> None:
    creator = stage.creator
    given = getattr(creator, value)() if isinstance(value, str) else value
    function, arguments = description.maker, (description.type, *description.args)
    if by_copy:
        function, arguments = "copy", (description.create(creator),)
    expect_raises(
        lambda: creator.call(_named(stage, function), *arguments, **{keyword: given}),
        f"{'copy(obj' if by_copy else str(description)[:-1]}, {keyword}={value})",
        "TypeError",
    )


# Classes.


@check("module.synchronized-string-is-synchronized-array")
def test_synchronized_string_is_synchronized_array(stage: Stage) -> None:
    creator = stage.creator
    module = Name(stage.target.backend)
    names = ("SynchronizedString", "SynchronizedArray")
    for name in names:
        if not creator.call("builtins.hasattr", module, name):
            raise Unjudged(f"{module} has no {name}")
    string, array = (creator.call("builtins.getattr", module, name) for name in names)
    is_one = creator.call("builtins.issubclass", string, array)
    expect(is_one, True, "issubclass(SynchronizedString, SynchronizedArray)")


# What is recorded.


@observation("module.signatures")
def test_signatures(stage: Stage) -> Any:
    return _of_each(stage, module_surface.signature)


def _of_each(stage: Stage, function: Callable[[Any], str]) -> dict[str, str]:
    named = {name: Name(f"{stage.target.backend}.{name}") for name in sorted(stage.target.names)}
    got = {name: attempt(partial(stage.creator.call, function, one)) for name, one in named.items()}
    return {name: str(one.what).strip("'") for name, one in got.items()}


@observation("module.other-names")
def test_other_names(stage: Stage) -> Any:
    creator = stage.creator
    public = set(creator.call(parts.public_names, Name(stage.target.backend)))
    starred = set(creator.call(module_surface.star_import, stage.target.backend))
    return {"has": sorted(public - set(NAMES)), "star": sorted(starred - set(NAMES))}
