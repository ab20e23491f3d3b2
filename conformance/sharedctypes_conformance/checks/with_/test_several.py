"""Area `with`: blocks of two wrappers at once, in statements and in exit stacks."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from ...actors.blocks import exit_stacks
from ...actors.blocks.recorder import CarriedOut
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.stage import Stage
from ...strategies.constructions import CONSTRUCTIONS, Construction
from ...strategies.tables import each_of
from ..kit.check import check

_CONSTRUCTIONS = each_of(CONSTRUCTIONS)

# The locks of the two; "both" is one RLock that guards both.
_LOCKS = st.sampled_from(
    [("Lock", "RLock"), ("RLock", "Lock"), ("Lock", "Lock"), ("RLock", "both")]
)


def _same_as_locks(
    stage: Stage,
    constructs: Callable[..., list[CarriedOut]],
    one: Construction,
    two: Construction,
    kinds: tuple[str, str],
) -> None:
    """Raise NotKept unless constructs do with two wrappers what they do with their locks."""
    creator = stage.creator
    first: Handle = getattr(creator, kinds[0])()
    second: Handle = first if kinds[1] == "both" else getattr(creator, kinds[1])()
    locks = [first, second]
    wrappers = [one.carry_out(creator, first), two.carry_out(creator, second)]
    # The locks go first: the wrappers may leave them held.
    wanted, got = (creator.call(constructs, managers, locks) for managers in (locks, wrappers))
    for actual, expected in zip(got, wanted, strict=False):
        if actual.entries != expected.entries:
            raise NotKept(
                f"blocks of {one} and {two} under {' and '.join(kinds)}, "
                f"{actual.construct}: {'; '.join(actual.entries)}; "
                f"with the locks themselves: {'; '.join(expected.entries)}"
            )


@check("with.two-blocks-hold-both-locks", one=_CONSTRUCTIONS, two=_CONSTRUCTIONS, kinds=_LOCKS)
def test_two_blocks_hold_both_locks(
    stage: Stage, one: Construction, two: Construction, kinds: tuple[str, str]
) -> None:
    _same_as_locks(stage, exit_stacks.carry_out_pairs, one, two, kinds)


@check("with.exit-stack-holds-lock", one=_CONSTRUCTIONS, two=_CONSTRUCTIONS, kinds=_LOCKS)
def test_exit_stack_holds_lock(
    stage: Stage, one: Construction, two: Construction, kinds: tuple[str, str]
) -> None:
    _same_as_locks(stage, exit_stacks.carry_out_stacks, one, two, kinds)


@check(
    "with.exit-stack-releases-after-errors", one=_CONSTRUCTIONS, two=_CONSTRUCTIONS, kinds=_LOCKS
)
def test_exit_stack_releases_after_errors(
    stage: Stage, one: Construction, two: Construction, kinds: tuple[str, str]
) -> None:
    _same_as_locks(stage, exit_stacks.carry_out_errors, one, two, kinds)
