"""What a backend may refuse, lack or print does not fail clauses about other things."""

import pytest

from liars.honest import fork_contexts_only
from liars.honest import plain as honest
from sharedctypes_conformance.checks.kit.check import all_checks

from .judging import judge, stage_for

# Areas that look at contexts.
AREAS = ("context", "module", "sharing", "optimized")
OWN_LOCKS = "honest.raises_as_threading_does"
EXPECTED = ("pass", "observed", "inconclusive", "unsupported")


@pytest.mark.parametrize(
    ("name", "method", "clause", "verdict"),
    [
        (
            "honest.without_unions",
            "fork",
            "sharing.main-module-types-are-shared",
            "inconclusive",
        ),
        ("honest.without_unions", "spawn", "sharing.raw-objects-cannot-be-sent", "pass"),
        ("honest.caches_types", "fork", "contamination.types-are-garbage-collected", "pass"),
        (
            "honest.runs_no_main_functions",
            "fork",
            "fault.exits-cleanly-with-live-objects",
            "inconclusive",
        ),
        (
            "honest.runs_no_main_functions",
            "fork",
            "fault.process-limit-corrupts-nothing",
            "inconclusive",
        ),
        (
            "honest.runs_no_main_functions",
            "fork",
            "lifetime.objects-of-ending-program-reach-its-children",
            "inconclusive",
        ),
        ("honest.runs_no_main_functions", "fork", "seed.example-prints-its-results", "fail"),
        (
            "honest.raw_objects_by_fork_only",
            "spawn",
            "contamination.ordinary-objects-can-still-be-pickled",
            "pass",
        ),
        (
            "honest.raw_objects_by_fork_only",
            "spawn",
            "contamination.ordinary-objects-can-still-be-arguments",
            "pass",
        ),
        (
            "honest.raw_objects_by_fork_only",
            "spawn",
            "sharing.nested-objects-are-shared-or-start-raises",
            "pass",
        ),
        (
            "honest.raw_objects_by_fork_only",
            "spawn",
            "sharing.mixed-contexts-share-or-raise",
            "pass",
        ),
        (
            "honest.a_descriptor_for_each",
            "fork",
            "memory.thousands-of-objects-stay-distinct",
            "pass",
        ),
        ("honest.leaves_blocks_with_false", "fork", "with.mixes-with-acquire-and-release", "pass"),
        ("honest.leaves_blocks_with_false", "fork", "with.binds-what-lock-binds", "pass"),
        ("with_.exception_keeps_the_lock", "fork", "with.jumps-release-lock", "pass"),
    ],
)
def test_refusal_is_not_judged(name: str, method: str, clause: str, verdict: str) -> None:
    stage = stage_for(name, method)
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value == verdict, judgement.message


RAW_BY_FORK = "honest.raw_objects_by_fork_only"


@pytest.mark.parametrize(
    "clause",
    [
        "leak.exit-leaves-no-processes",
        "leak.exit-writes-nothing-to-stderr",
        "leak.killed-children-leave-no-names",
        "leak.dropped-objects-leak-no-descriptors",
    ],
)
def test_leaks_are_judged_by_what_can_be_passed_to_a_child(clause: str) -> None:
    stage = stage_for(RAW_BY_FORK, "spawn")
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value == "pass", judgement.message


@pytest.mark.parametrize(
    "clause",
    [
        "lifetime.arguments-survive-until-received",
        "fault.descriptor-limit-raises",
        "leak.ended-children-leak-no-memory",
        "copy.works-in-a-child",
    ],
)
def test_what_needs_a_raw_object_in_a_child_follows_from_that(clause: str) -> None:
    stage = stage_for(RAW_BY_FORK, "spawn")
    try:
        judgement = judge(stage, clause)
        root = judge(stage, "seed.parent-write-reaches-child")
    finally:
        stage.close()
    assert judgement.verdict.value == "unsupported", judgement.message
    assert judgement.lacks == ("raw-inheritance",)
    assert judgement.follows_from == "seed.parent-write-reaches-child"
    assert root.verdict.value == "fail"


def test_a_refused_start_is_judged_by_the_clause_that_promises_it() -> None:
    stage = stage_for("honest.by_fork", "spawn")
    clauses = [c for c in all_checks() if c.partition(".")[0] in ("lifetime", "fault", "thread")]
    try:
        judgements = {
            clause: judge(stage, clause)
            for clause in clauses
            if "spawn" not in honest.BREAKS.get(clause, ())
        }
        assert judge(stage, "seed.child-write-to-value-reaches-parent").verdict.value == "fail"
        sharing = judge(stage, "sharing.objects-in-containers-are-shared")
        assert (sharing.verdict, sharing.lacks) == ("unsupported", ("wrapper-inheritance",))
    finally:
        stage.close()
    assert {c: j.message for c, j in judgements.items() if j.verdict.value not in EXPECTED} == {}


@pytest.mark.parametrize(
    "clause",
    [
        "fault.descriptor-limit-raises",
        "fault.process-limit-corrupts-nothing",
        "fault.exits-cleanly-with-live-objects",
        "sharing.main-module-types-are-shared",
        "seed.example-prints-its-results",
        "leak.exit-leaves-no-names",
        "leak.exit-writes-nothing-to-stderr",
    ],
)
def test_backend_may_print(clause: str) -> None:
    stage = stage_for("honest.prints_at_import", "fork")
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value == "pass", judgement.message


def test_package_needs_no_more_than_one_start_method() -> None:
    stage = stage_for("honest.fork_contexts_only", "fork")
    clauses = [clause for clause in all_checks() if clause.partition(".")[0] in AREAS]
    try:
        judgements = {
            clause: judge(stage, clause)
            for clause in clauses
            if "fork" not in honest.BREAKS.get(clause, ())
        }
    finally:
        stage.close()
    unfit = {c: j.message for c, j in judgements.items() if j.verdict.value not in EXPECTED}
    assert unfit == {}
    left = {c for c, j in judgements.items() if j.verdict.value == "inconclusive"}
    assert left == fork_contexts_only.UNJUDGED


def test_what_is_lacking_is_the_finding_of_one_clause() -> None:
    """What is assigned stays in the wrapper: nobody waits for its lock, and nothing is written."""
    cause = "wrapper.field-access-matches-object"
    stage = stage_for("wrapper.fields_have_no_accessors", "fork")
    try:
        consequence = judge(stage, "exclusion.other-thread-contends-for-rlock")
        judged = judge(stage, cause)
    finally:
        stage.close()
    assert consequence.verdict.value == "inconclusive", consequence.message
    assert consequence.follows_from == cause
    assert judged.verdict.value == "fail"


@pytest.mark.parametrize(
    ("name", "clause", "verdict"),
    [
        # Who is slow does not hang.
        ("honest.slow_locks", "lock.rlock-counts-acquires", "pass"),
        ("honest.slow_locks", "wrapper.access-acquires-lock-once", "pass"),
        # It can be entered by `with`, and not by an ExitStack: that is what is said.
        ("with_.classes_have_no_enter", "with.holds-lock", "pass"),
        ("with_.classes_have_no_enter", "with.mixes-with-acquire-and-release", "pass"),
        ("with_.classes_have_no_enter", "exclusion.same-thread-contends-for-lock", "pass"),
        ("with_.classes_have_no_enter", "interleaving.given-locks-follow-lock-rules", "pass"),
        # What a block binds, one clause judges.
        ("honest.binds_the_wrapper", "with.every-wrapper-is-a-context-manager", "pass"),
        ("honest.binds_the_wrapper", "with.binds-what-lock-binds", "pass"),
        ("honest.binds_the_wrapper", "with.two-blocks-hold-both-locks", "pass"),
        ("honest.binds_the_wrapper", "with.exit-stack-holds-lock", "pass"),
        ("honest.binds_the_wrapper", "with.mixes-with-acquire-and-release", "pass"),
        # How a recursive lock of a backend's own refuses a release is not written down, nor which
        # context it is of.
        (
            OWN_LOCKS,
            "exclusion.other-thread-contends-for-default-lock",
            "pass",
        ),
        (
            OWN_LOCKS,
            "interleaving.default-locks-follow-rlock-rules",
            "pass",
        ),
        (OWN_LOCKS, "lock.any-call-sequence-follows-rules", "pass"),
        (OWN_LOCKS, "lock.free-rlock-refuses-release", "pass"),
        (OWN_LOCKS, "lock.rlock-is-released-only-by-its-owner", "pass"),
        (OWN_LOCKS, "lock.rlock-counts-acquires", "pass"),
        (OWN_LOCKS, "lock.sigint-interrupts-waiting", "pass"),
        (OWN_LOCKS, "optimized.invalid-releases-are-refused", "pass"),
        (
            OWN_LOCKS,
            "lock-argument.default-lock-comes-from-ctx",
            "inconclusive",
        ),
        (
            OWN_LOCKS,
            "module.synchronized-takes-ctx-by-position",
            "inconclusive",
        ),
    ],
)
def test_a_clause_is_judged_by_what_it_says_alone(name: str, clause: str, verdict: str) -> None:
    stage = stage_for(name, "fork")
    try:
        judgement = judge(stage, clause)
    finally:
        stage.close()
    assert judgement.verdict.value == verdict, judgement.message


def test_locks_are_judged_by_what_has_accessors() -> None:
    stage = stage_for("wrapper.fields_have_no_accessors", "fork")
    try:
        judgement = judge(stage, "wrapper.reads-happen-under-lock")
    finally:
        stage.close()
    assert judgement.verdict.value == "pass", judgement.message
