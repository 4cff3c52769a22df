"""Figures of cases are those of the raw receptions, cases and clocks, worked out anew here."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from apps.cases.models import Applicant, Case, CaseEvent, Deadline, Reception
from apps.cases.reading import facts
from apps.cases.rules import Cause, Outcome, ReceptionOutcome, Stage, State
from bancheng.city.rollups import metrics, queries, services
from bancheng.city.rollups.facts import NO_WINDOW, Facts, total
from bancheng.city.rollups.queries import By, Period
from bancheng.kernel import clock, ids
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
WINDOW = UUID(int=3)


def case_in(*, window: UUID | None = None, **given: Any) -> Case:
    """A case with its reception; `given` are columns of the case."""
    reception = Reception.objects.create(
        matter="x", outcome=ReceptionOutcome.REGISTERED, at=NOON, window_id=window
    )
    columns = {
        "number": f"BCS-{ids.new_id().hex[-12:]}",
        "code_index": b"",
        "state": State.TRIAGED,
        "reception": None if given.get("letter_in") else reception,
        "registered_at": NOON,
    }
    return Case.objects.create(**columns | given)


def deadline_of(case: Case, due_at: datetime, stage: Stage = Stage.RESOLVE, **given: Any) -> None:
    Deadline.objects.create(
        case=case,
        stage=stage,
        rule="WD+5",
        policy_source="default",
        policy_basis="",
        started_at=due_at - timedelta(days=5),
        due_at=due_at,
        due_on=clock.day_of(due_at),
        **{"owned_at": due_at - timedelta(days=5)} | given,
    )


def closed(outcome: Outcome, **given: Any) -> Case:
    refusal = {"legal_basis": "x"} if outcome is Outcome.EXPLAINED else None
    return case_in(state=State.CLOSED, outcome=outcome, closed_at=NOON, refusal=refusal, **given)


def counted(day: date = DAY) -> Facts:
    return total(part.facts for part in facts.day_facts(day))


def test_receptions_and_cases_are_counted_apart(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        Reception.objects.create(matter="x", outcome=ReceptionOutcome.CONSULT_ONLY, at=NOON)
        case_in()

        day = counted()

    assert (day.receptions, day.cases) == (2, 1)
    assert metrics.case_rate(day).value == 0.5  # M-08


def test_a_hundred_random_cases_give_the_published_rates(street: HallRef) -> None:
    """M-12 and M-15, folded, against a count of the raw rows."""
    source = Random(9)
    due_at, expected = NOON - timedelta(hours=1), Counter[str]()
    with hall(street), clock.frozen(NOON):
        for _ in range(100):
            outcome = source.choice(list(Outcome))
            case = closed(outcome)
            expected[outcome] += 1
            delivered = due_at + timedelta(minutes=source.randint(-600, 60))
            deadline_of(case, due_at, ended="done", done_at=delivered)
            expected["in_time"] += delivered <= due_at
        for _ in range(7):
            deadline_of(case_in(), due_at)  # overdue and open

        services.fold(DAY)

        stored = queries.by_hall(Period(DAY, DAY))[street.id].facts
    on_time, substantive = metrics.on_time(stored), metrics.substantive(stored)
    assert (on_time.x, on_time.n) == (expected["in_time"], 107)
    assert stored.closed_n == 100
    assert substantive.x == expected["done"] + expected["done_alt"] + 0.5 * expected["partly"]
    assert substantive.n == 100 - expected["withdrawn"] - expected["merged"]
    assert {o: getattr(stored, o) for o in Outcome} == {o: expected[o] for o in Outcome}


def test_a_case_due_later_today_is_not_yet_late(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        deadline_of(case_in(), NOON + timedelta(hours=3))
        before = counted()

        with clock.frozen(NOON + timedelta(hours=4)):
            after = counted()

    assert (before.due_n, before.red) == (0, 0)
    assert (after.due_n, after.on_time_n, after.red) == (1, 0, 1)


def test_a_promise_that_changed_hands_is_due_once(street: HallRef) -> None:
    """The old owner's clock was dropped, late; the new one's is done later still: one red card."""
    due_at = NOON - timedelta(hours=5)
    with hall(street), clock.frozen(NOON):
        case = case_in()
        deadline_of(case, due_at, ended="dropped", done_at=due_at + timedelta(hours=1))
        deadline_of(
            case,
            due_at,
            ended="done",
            owned_at=due_at + timedelta(hours=1),
            done_at=due_at + timedelta(hours=2),
        )

        day = counted()

    assert (day.due_n, day.on_time_n, day.red) == (1, 0, 1)


def test_cards_are_those_of_the_owners_in_whose_hands_clocks_ran_out(street: HallRef) -> None:
    """M-30, by hand. All due at 10:00. A lost it, her card was lifted on appeal, B took it over at
    11:00: none. Two units asked about one case, both late: two. Given on at 9:00, then late: one.
    Paused at 9:00: none. Done at 10:00 sharp: none. That makes three red cards, all late here."""
    ten, one = NOON - timedelta(hours=2), timedelta(hours=1)
    with hall(street), clock.frozen(NOON):
        lifted, asked, given_on, held, sharp = (case_in() for _ in range(5))
        deadline_of(lifted, ten, ended="dropped", done_at=ten + one, lifted=True)
        deadline_of(lifted, ten, owned_at=ten + one)
        for _ in range(2):
            deadline_of(asked, ten, Stage.CALLBACK, item=ids.new_id())
        deadline_of(given_on, ten, ended="dropped", done_at=ten - one)
        deadline_of(given_on, ten, owned_at=ten - one)
        deadline_of(held, ten, ended="paused", done_at=ten - one)
        deadline_of(sharp, ten, ended="done", done_at=ten)

        day = counted()

    assert (day.yellow, day.red) == (0, 3)


@pytest.mark.parametrize(
    ("stage", "cards"),
    [
        (Stage.DISPATCH, (1, 0)),
        (Stage.SIGN, (1, 0)),
        (Stage.CONTACT, (1, 0)),
        (Stage.REFERRAL_ACCEPT, (0, 1)),
        (Stage.CALLBACK, (0, 1)),
    ],
)
def test_a_late_short_stage_is_a_yellow_card_and_a_late_long_one_red(
    street: HallRef, stage: Stage, cards: tuple[int, int]
) -> None:
    with hall(street), clock.frozen(NOON):
        deadline_of(case_in(), NOON - timedelta(hours=1), stage)

        day = counted()

    assert (day.yellow, day.red) == cards
    assert day.due_n == 0  # M-12 asks about the promise to the citizen


def test_figures_go_to_the_window_and_cause_of_the_case(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        case_in(window=WINDOW, cause=Cause.HARD)
        case_in(cause=Cause.CANNOT)

        services.fold(DAY)

        period = Period(DAY, DAY)
        windows = queries.facts(street.id, period, By.WINDOW)
        causes = queries.facts(street.id, period, By.CAUSE)
    assert {row["window_id"]: row["cases"] for row in windows} == {NO_WINDOW: 1, WINDOW: 1}
    assert {row["cause"]: row["cases"] for row in causes} == {"cannot": 1, "hard": 1}


def test_a_confidential_case_counts_and_tells_no_cause(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        case_in(cause=Cause.UNWILLING, confidential=True)

        slices = [part for part in facts.day_facts(DAY) if part.facts.cases]

    assert [(part.cause, part.facts.cases) for part in slices] == [("", 1)]


def test_a_referred_matter_is_counted_once_in_the_network(
    street: HallRef, district: HallRef
) -> None:
    """Registered at the street, solved by the district: intake there, result here."""
    answered = {"out": {"state": "answered"}}
    with hall(street), clock.frozen(NOON):
        case = closed(Outcome.DONE, referral=answered)
        CaseEvent.objects.create(case=case, seq=1, kind="referrals", at=NOON)
        sender = counted()
    with hall(district), clock.frozen(NOON):
        closed(Outcome.DONE, letter_in=ids.new_id())
        receiver = counted()

    assert (sender.cases, sender.referred_up, sender.closed_n, sender.done) == (1, 1, 0, 0)
    assert (receiver.cases, receiver.referred_in, receiver.closed_n, receiver.done) == (0, 1, 1, 1)


def test_a_referral_that_came_back_is_the_halls_own_result(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        closed(Outcome.DONE, referral={"out": {"state": "returned"}})

        assert counted().done == 1


def test_returns_and_reopenings_belong_to_the_day_they_happened(street: HallRef) -> None:
    with hall(street), clock.frozen(NOON):
        case = case_in(registered_at=NOON - timedelta(days=3))
        for seq, kind in enumerate(("register", "return", "reopen", "return"), start=1):
            CaseEvent.objects.create(case=case, seq=seq, kind=kind, at=NOON)

        today, then = counted(), counted(DAY - timedelta(days=3))

    assert (today.returned, today.reopened, today.cases) == (2, 1, 0)
    assert (then.returned, then.cases) == (0, 1)


def test_a_change_names_every_day_it_touches(street: HallRef) -> None:
    """Registered on the 16th, due on the 18th, closed on the 20th; a change after 11:59."""
    with hall(street), clock.frozen(NOON):
        case = closed(Outcome.DONE, registered_at=NOON - timedelta(days=4))
        deadline_of(case, NOON - timedelta(days=2), ended="done", done_at=NOON)
        CaseEvent.objects.create(case=case, seq=1, kind="close", at=NOON)

        days = set(facts.changed_days(NOON - timedelta(minutes=1)))

    assert days == {DAY - timedelta(days=back) for back in (4, 2, 0)}


def test_who_asked_is_counted_by_kind(street: HallRef) -> None:
    """C-74: 自然人, 企业, 个体, 其他组织; a case taken over was counted where it was registered."""
    kinds = ("person", "person", "enterprise", "sole_trader", "other")
    with hall(street), clock.frozen(NOON):
        for kind in kinds:
            Applicant.objects.create(case=case_in(), kind=kind)
        Applicant.objects.create(case=case_in(letter_in=ids.new_id()), kind="enterprise")

        day = counted()

    assert (day.of_person, day.of_enterprise, day.of_sole_trader, day.of_other) == (2, 1, 1, 1)
    assert (day.cases, day.referred_in) == (5, 1)


def test_refusals_are_those_that_a_second_person_approved(street: HallRef) -> None:
    """M-29: refusals ÷ accepted; a proposal that was turned down is none."""
    team = Team(street)
    with clock.frozen(NOON):
        team.refused()
        team.refusal_proposed()
        with hall(street):
            share = metrics.refusal_rate(counted())

    assert (share.x, share.n) == (1, 2)
