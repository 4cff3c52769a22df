"""The table of moves, every pair of it (domain.md §2.3, contract of the state machine)."""

from itertools import product

import pytest

from apps.cases.diagram import DRAWN, LISTED, mermaid, table
from apps.cases.errors import NotDelivered, OutcomeNotAllowed, StepNotAllowed
from apps.cases.rules import (
    BLOCKING_REASONS,
    MOVES,
    Cause,
    Outcome,
    State,
    Step,
    after,
    check_close,
    resolve_category,
    steps_from,
)
from bancheng.city.catalogue import codes

EXPECTED = """
registered triage triaged
triaged triage triaged
triaged dispatch dispatched
triaged close closed
triaged refusal refusal_proposed
triaged referrals referred
dispatched sign signed
dispatched return returned
returned dispatch dispatched
triaged designate dispatched
returned designate dispatched
registered merge closed
triaged merge closed
dispatched merge closed
returned merge closed
signed merge closed
in_progress merge closed
returned referrals referred
returned refusal refusal_proposed
signed contact in_progress
signed return returned
in_progress contact in_progress
in_progress reply replied
in_progress referrals referred
in_progress refusal refusal_proposed
replied review_pass reviewed
replied review_reject in_progress
replied refusal refusal_proposed
reviewed deliver delivered
refusal_proposed refusal_approve refused
refusal_proposed refusal_reject triaged
refused deliver delivered
referred referral_accepted referred
referred referral_returned returned
referred referral_answered delivered
referred referral_closed closed
delivered callback called_back
delivered referral_closed closed
delivered sender_closed closed
delivered appeal_change triaged
called_back callback called_back
called_back referral_closed closed
called_back sender_closed closed
called_back appeal_change triaged
called_back close closed
called_back reopen triaged
closed reopen triaged
closed appeal_change triaged
dispatched undo_triaged triaged
dispatched undo_returned returned
closed undo_triaged triaged
closed undo_delivered delivered
closed undo_called_back called_back
"""
BESIDE = """
assist_sign dispatched signed in_progress
assist_reply dispatched signed in_progress
hand_over *
hand_over_answer *
report_up *
report_up_answer *
explanation * -registered
appeal delivered called_back closed
appeal_uphold delivered called_back closed
cause-change dispatched returned signed in_progress
pause triaged returned in_progress
resume triaged returned in_progress
extension signed in_progress
extension_grant signed in_progress
extension_refuse signed in_progress
"""
"""Beside the way: `*` is every state but closed."""


def _states(words: list[str]) -> set[State]:
    if words[0] != "*":
        return {State(word) for word in words}
    return set(State) - {State.CLOSED} - {State(word[1:]) for word in words[1:]}


TABLE = {
    (State(before), Step(step)): State(then)
    for before, step, then in (row.split() for row in EXPECTED.strip().splitlines())
} | {
    (state, Step(step)): state
    for step, *words in (row.split() for row in BESIDE.strip().splitlines())
    for state in _states(words)
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_every_step_leads_where_the_table_says_or_nowhere(state: State, step: Step) -> None:
    if (state, step) in TABLE:
        assert after(state, step) is TABLE[state, step]
        return

    with pytest.raises(StepNotAllowed) as refused:
        after(state, step)

    assert refused.value.params == {"state": state.value, "step": step.verb, "allowed": []}


def test_every_state_can_be_reached_and_left() -> None:
    reached = {State.REGISTERED} | set(MOVES.values())
    left = {state for state, _ in MOVES}

    assert reached == set(State)
    assert left == set(State)


def test_a_closed_case_can_only_begin_again_be_examined_again_or_taken_back() -> None:
    assert steps_from(State.CLOSED) == (
        Step.REOPEN,
        Step.APPEAL,
        Step.APPEAL_UPHOLD,
        Step.APPEAL_CHANGE,
        Step.UNDO_TRIAGED,
        Step.UNDO_DELIVERED,
        Step.UNDO_CALLED_BACK,
    )


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_closes_without_a_delivered_result(outcome: Outcome) -> None:
    for state, refused in product((State.TRIAGED, State.CALLED_BACK), (True, False)):
        with pytest.raises(NotDelivered):
            check_close(state, outcome, delivered=False, refused=refused)


ON_SPOT_NO = {Outcome.EXPLAINED, Outcome.UNRESOLVED}
AFTER_REFUSAL_NO = {Outcome.DONE, Outcome.DONE_ALT, Outcome.PARTLY}


@pytest.mark.parametrize(
    ("state", "refused", "impossible"),
    [
        (State.TRIAGED, False, ON_SPOT_NO),
        (State.CALLED_BACK, False, {Outcome.EXPLAINED}),
        (State.CALLED_BACK, True, AFTER_REFUSAL_NO),
    ],
)
def test_outcomes_fit_the_way_a_case_went(
    state: State, refused: bool, impossible: set[Outcome]
) -> None:
    for outcome in Outcome:
        if outcome in impossible:
            with pytest.raises(OutcomeNotAllowed):
                check_close(state, outcome, delivered=True, refused=refused)
        else:
            check_close(state, outcome, delivered=True, refused=refused)


@pytest.mark.parametrize(
    ("cause", "several", "category"),
    [
        (Cause.HARD, False, "hard_single"),
        (Cause.HARD, True, "hard_cross"),
        (Cause.CANNOT, False, "cannot"),
        (Cause.UNWILLING, True, "unwilling"),
    ],
)
def test_the_limit_follows_cause_and_number_of_units(
    cause: Cause, several: bool, category: str
) -> None:
    assert resolve_category(cause, several_units=several) == category


def test_codes_are_those_of_the_catalogue() -> None:
    assert set(codes.BLOCKING_REASONS) == BLOCKING_REASONS
    assert set(codes.OUTCOMES) == {outcome.value for outcome in Outcome}
    assert set(codes.CAUSES) == {cause.value for cause in Cause}


def test_the_drawn_states_are_those_of_the_rules() -> None:
    assert f"```mermaid\n{mermaid()}\n```" in DRAWN.read_text(encoding="utf-8")


def test_the_printed_table_is_that_of_the_rules() -> None:
    """C-56: a newcomer reads every pair of state and step off one table."""
    assert table() in LISTED.read_text(encoding="utf-8")
