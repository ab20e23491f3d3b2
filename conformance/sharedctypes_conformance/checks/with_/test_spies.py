"""Area `with`: what a block does to its lock, recorded by spies, some of which fail."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from ...actors.locks import failing_spies, spies
from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import Name, Remote, name_of
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLES, samples
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.exclusion import Block
from ..kit.observe import attempt, expect
from ..kit.spying import by_spies_or_waiting, under_a_spy

_SAMPLES = each_of(list(SAMPLES))
_PLAIN = tuple(samples("Lock"))


@check(
    "with.acquires-and-releases-once",
    description=_SAMPLES,
    raised=st.sampled_from(["", "ValueError", "KeyboardInterrupt", "GeneratorExit"]),
)
def test_acquires_and_releases_once(stage: Stage, description: Description, raised: str) -> None:
    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        creator, what = stage.creator, f"`with {description}`"
        if raised:
            answering = creator.synchronized(raw, creator.make(spies.AnsweringLock))
            outcome = attempt(lambda: _with(answering, calls.raise_, raised))
            if (outcome.how, outcome.what) != ("raised", raised):
                raise NotKept(f"{what} in which {raised} is raised {outcome}")
        body = calls.raise_ if raised else wrapper.get_obj
        unused = len(spy.events)
        attempt(
            partial(
                creator.call, calls.with_statement, wrapper, body, *([raised] if raised else [])
            )
        )
        expect(spy.events[unused:], ["acquire", "release"], f"the uses of the lock by {what}: this")
        unused = len(spy.events)
        creator.call(calls.enter, wrapper)
        expect(
            spy.events[unused:], ["acquire"], f"the uses of the lock at the start of {what}: this"
        )
        for access in SAMPLES[description]:
            access.carry_out(wrapper)
        inside = len(spy.events)
        creator.call(calls.leave, wrapper, raised or None)
        expect(spy.events[inside:], ["release"], f"the uses of the lock at the end of {what}: this")

    by_spies_or_waiting(
        stage, description, spied, lambda: _expect_no_second_acquire(stage, description)
    )


def _expect_no_second_acquire(stage: Stage, description: Description) -> None:
    """Enter and leave a block under a lock that is not reentrant, and see whether it is held."""
    plain = Description(description.maker, description.type, description.args, "Lock")
    shared = stage.pool.take(plain, _PLAIN)
    lock = shared.child.get_lock()
    # If the lock is acquired twice, the stage reports the hang.
    Block(shared.creator).acquire()
    taken = lock.acquire(False)
    Block(shared.creator).release()
    expect(taken, False, f"lock.acquire(False) elsewhere inside `with {plain}:`")
    expect(lock.acquire(False), True, f"lock.acquire(False) elsewhere after `with {plain}:`")
    lock.release()


_FAILURES = st.sampled_from(["OSError", "ValueError", "KeyboardInterrupt", "TimeoutError"])


def _with(wrapper: Handle, body: Remote, *args: str) -> object:
    actor = actor_of(wrapper)
    return actor.call(calls.with_statement, wrapper, name_of(body), *args)


@check("with.failed-enter-skips-body", description=_SAMPLES, failure=_FAILURES)
def test_failed_enter_skips_body(stage: Stage, description: Description, failure: str) -> None:
    _, wrapper, spy = under_a_spy(stage, description, failing_spies.FailingLock)
    spy.at, spy.kind = "acquire", failure
    what = f"`with {description}` when acquire raised {failure}"
    ran = stage.creator.call("builtins.list")
    outcome = attempt(
        lambda: stage.creator.call(
            calls.with_statement, wrapper, Name("builtins.list.append"), ran, 1
        )
    )
    if (outcome.how, outcome.what) != ("raised", failure):
        raise NotKept(f"{what} {outcome}")
    expect(len(ran), 0, f"how often the body was run, {what},")
    expect(spy.events, ["failed acquire"], f"the uses of the lock by {what}: this")


@check(
    "with.failed-exit-propagates",
    description=_SAMPLES,
    failure=_FAILURES,
    raised=st.sampled_from(["", "KeyError", "GeneratorExit"]),
)
def test_failed_exit_propagates(
    stage: Stage, description: Description, failure: str, raised: str
) -> None:
    _, wrapper, spy = under_a_spy(stage, description, failing_spies.FailingLock)
    spy.at, spy.kind = "release", failure
    body = (calls.raise_, raised) if raised else ("builtins.str",)
    outcome = attempt(lambda: _with(wrapper, *body))
    what = f"`with {description}` when release raised {failure}"
    what += f" after {raised} in the body" if raised else ""
    if (outcome.how, outcome.what) != ("raised", failure):
        raise NotKept(f"{what} {outcome}")
    expect(spy.events, ["acquire", "release"], f"the uses of the lock by {what}: this")
