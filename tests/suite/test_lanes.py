"""The picture of how a lock was used: what is in it, and in which order."""

import pytest

from sharedctypes_conformance.reports.page.lanes import MOST, lanes_of
from sharedctypes_conformance.stage import moments as of_stage
from sharedctypes_conformance.verdicts.model import Moment

from .judging import judge, stage_for


def drawn(*moments: Moment) -> list[str]:
    """Return a picture as text: `#` acts, `|` goes on; `h` holds before and after the row."""
    lanes = lanes_of(moments)
    assert lanes is not None
    lines = []
    for row in lanes.rows:
        cells = [
            ("#" if lane == row.lane else "|" if lane in row.lasting else ".")
            + ("h" if lane in row.holding else ".")
            + ("h" if lane in row.then else ".")
            for lane in range(len(lanes.actors))
        ]
        lines.append(" ".join([*cells, row.what, row.code]))
    return lines


def test_a_bar_is_as_long_as_what_others_did_meanwhile() -> None:
    assert drawn(
        Moment(actor="a", began=0, ended=1, code="lock.acquire()  # True", effect=1),
        Moment(actor="b", began=2, ended=9, code="lock.acquire()  # True", effect=1),
        Moment(actor="a", began=3, ended=4, code="lock.release()", effect=-1),
        Moment(actor="a", began=10, ended=None, code="lock.acquire()"),
    ) == [
        "#.h ... whole lock.acquire()  # True",
        ".hh #.. begins lock.acquire()",
        "#h. |.. whole lock.release()",
        "... #.h ends lock.acquire()  # True",
        "#.. .hh did not end lock.acquire()",
    ]


def test_a_lock_may_be_released_by_another() -> None:
    assert drawn(
        Moment(actor="a", began=0, ended=1, code="acquire", effect=1),
        Moment(actor="b", began=2, ended=3, code="release", effect=-1),
        Moment(actor="b", began=4, ended=5, code="acquire", effect=2),
        Moment(actor="b", began=6, ended=7, code="release", effect=-1),
    ) == [
        "#.h ... whole acquire",
        ".h. #.. whole release",
        "... #.h whole acquire",
        "... #hh whole release",
    ]


def test_an_actor_does_one_thing_after_another_whatever_a_clock_says() -> None:
    assert drawn(
        Moment(actor="a", began=5, ended=7, code="first"),
        Moment(actor="a", began=1, ended=2, code="second"),
    ) == ["#.. whole first", "#.. whole second"]


def test_a_picture_has_an_end() -> None:
    endless = [Moment(actor=f"{n}", began=n, ended=n, code="x" * n) for n in range(10 * MOST)]
    assert len(drawn(*endless)) == MOST


@pytest.mark.parametrize(
    ("liar", "clause", "judged", "holds"),
    [
        (
            "exclusion.processes_own_locks",
            "exclusion.sibling-contends-for-rlock",
            "synchronized_1.release()",
            "child 1",
        ),
        # What was done last is done by the plain object that the outcome is compared with.
        (
            "interleaving.unlocked_setter",
            "exclusion.sibling-contends-for-rlock",
            "synchronized_1.value = 49",
            "child 1",
        ),
        (
            "lock.children_inherit_ownership",
            "lock.free-lock-is-acquired",
            "lock_4.acquire(False)  # True",
            "creator",
        ),
        (
            "exclusion.processes_own_locks",
            "interleaving.given-rlocks-follow-rlock-rules",
            "acquire(True, 0.0001)  # True",
            "creator",
        ),
    ],
)
def test_what_is_impossible_happens_while_another_holds_the_lock(
    liar: str, clause: str, judged: str, holds: str
) -> None:
    stage = stage_for(liar, "fork")
    try:
        evidence = judge(stage, clause).evidence
    finally:
        stage.close()
    assert evidence is not None
    lanes = lanes_of(evidence.moments)
    assert lanes is not None
    (row,) = (row for row in lanes.rows if row.is_judged and row.what != "begins")
    assert row.code.endswith(judged)
    assert holds in [lanes.actors[lane] for lane in row.holding if lane != row.lane]
    # All of it is about one lock.
    others = {line.partition(": ")[2] for line in evidence.history if "Value(" in line}
    assert len(others & {one.code for one in evidence.moments}) <= 1
    assert len(evidence.moments) <= of_stage.MOST + 5


def test_actions_that_no_order_explains_are_a_picture_by_themselves() -> None:
    stage = stage_for("stress.lets_one_in_ten_pass", "fork")
    try:
        evidence = judge(stage, "stress.values-are-linearizable").evidence
    finally:
        stage.close()
    assert evidence is not None
    lanes = lanes_of(evidence.moments)
    assert lanes is not None
    assert any(row.is_judged for row in lanes.rows)
    assert all(
        one.code.startswith(("read", "wrote", "acquires", "releases")) for one in evidence.moments
    )
