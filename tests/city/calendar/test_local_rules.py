"""Networks and halls set days and limits of their own; the nearest word counts (design.md §5)."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from bancheng.city.calendar import queries
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.models import DayOverride, DeadlinePolicy
from bancheng.city.calendar.policies import DEFAULTS, Decided, Policy, Source, in_force
from bancheng.kernel.clock import ZONE
from bancheng.kernel.hall import HallRef, hall

MARCH = date(2026, 3, 2)


def decided(source: Source, rule: str, since: date, stage: str = "sign") -> Decided:
    return Decided(Policy(stage, "", rule, source, "试行"), since)


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        ([], "WH+4"),
        ([decided("network", "WH+3", date(2026, 1, 1))], "WH+3"),
        ([decided("network", "WH+3", date(2026, 3, 3))], "WH+4"),
        (
            [
                decided("hall", "WH+2", date(2025, 1, 1)),
                decided("network", "WH+3", date(2026, 1, 1)),
            ],
            "WH+2",
        ),
        (
            [decided("hall", "WH+2", date(2025, 1, 1)), decided("hall", "WH+1", MARCH)],
            "WH+1",
        ),
        ([decided("hall", "WH+2", MARCH, stage="contact")], "WH+4"),
    ],
)
def test_the_nearest_and_newest_word_counts(made: list[Decided], rule: str) -> None:
    assert in_force(made, "sign", "", MARCH).rule == rule


def test_every_shipped_limit_can_be_read() -> None:
    for policy in DEFAULTS:
        assert policy.parsed
    assert {policy.stage for policy in DEFAULTS} >= {
        "dispatch",
        "sign",
        "contact",
        "resolve",
        "referral_accept",
        "callback",
    }


def test_a_stage_without_a_limit_is_an_error() -> None:
    with pytest.raises(KeyError):
        in_force([], "resolve", "", MARCH)


def _policy(ref: HallRef, hall_id: UUID | None, rule: str) -> None:
    DeadlinePolicy.objects.using("owner").create(
        network_id=ref.network_id,
        hall_id=hall_id,
        stage="callback",
        rule=rule,
        basis="本市规定",
        effective_from=date(2026, 1, 1),
    )


@pytest.mark.usefixtures("committed")
def test_a_network_and_a_hall_set_limits_and_days(
    street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    _policy(street, None, "WD+2")
    _policy(street, street.id, "WD+1")
    DayOverride.objects.using("owner").create(
        network_id=street.network_id,
        day=date(2026, 3, 3),
        working=False,
        reason="全市停电检修",
        decision="云政办〔2026〕1号",
    )
    queries.forget()

    def callback(ref: HallRef) -> tuple[str, str, date]:
        with hall(ref):
            time = queries.timekeeping()
        policy = time.policy("callback", "", MARCH)
        start = datetime(2026, 3, 2, 10, tzinfo=ZONE)
        found = due(start, policy.parsed, time.calendar, time.hours)
        return policy.rule, policy.source, found.due_on

    assert callback(street) == ("WD+1", "hall", date(2026, 3, 4))
    assert callback(other_street) == ("WD+2", "network", date(2026, 3, 5))
    assert callback(stranger) == ("WD+3", "default", date(2026, 3, 5))
    queries.forget()


@pytest.mark.django_db
def test_a_hall_writes_days_for_itself_and_nobody_else(
    street: HallRef, other_street: HallRef
) -> None:
    def closed(hall_id: UUID | None, network_id: UUID) -> DayOverride:
        return DayOverride(
            network_id=network_id, hall_id=hall_id, day=MARCH, working=False, reason="检修"
        )

    network = street.network_id
    with hall(street):
        closed(street.id, network).save(force_insert=True)
        for foreign in (other_street.id, None):
            with pytest.raises(ProgrammingError), transaction.atomic():
                closed(foreign, network).save(force_insert=True)
    with hall(other_street):
        assert DayOverride.objects.count() == 0


@pytest.mark.django_db
def test_a_half_day_ends_at_noon(street: HallRef) -> None:
    queries.forget()
    with hall(street):
        DayOverride.objects.create(
            network_id=street.network_id,
            hall_id=street.id,
            day=MARCH,
            working=True,
            reason="半天办公",
            hours="08:30-12:00",
        )
        time = queries.timekeeping()
        policy = time.policy("contact", "", MARCH)
        found = due(datetime(2026, 3, 2, 9, tzinfo=ZONE), policy.parsed, time.calendar, time.hours)
    queries.forget()

    assert found.due_at == datetime(2026, 3, 2, 12, tzinfo=ZONE)
