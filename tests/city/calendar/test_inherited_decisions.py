"""Days, limits, hours and parameters come down the tree: network, district, street; the nearest
word counts, and nobody reads another branch's (design.md §5)."""

from datetime import date, datetime

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from bancheng.city.calendar import queries, services
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import AlreadyDecided, BadRule, InForce, NoSuchLimit
from bancheng.city.calendar.models import CalendarYear, DayOverride, DeadlinePolicy
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.services import NewDay, NewLimit
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters import services as values
from bancheng.city.parameters.errors import BadParameter, NotTheCity
from bancheng.city.parameters.models import ParameterValue
from bancheng.city.parameters.services import NewValue
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)
SHORT: dict[str, object] = {"regular": "08:30-12:00,14:00-16:00"}
SUNDAY = datetime(2026, 3, 1, 10, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _sunday() -> object:
    queries.forget()
    parameters.forget()
    with frozen(SUNDAY):
        yield
    queries.forget()
    parameters.forget()


def limit(ref: HallRef, rule: str, *, network: bool = False) -> None:
    given = NewLimit("callback", "", rule, "试行", date(2026, 3, 2), network=network)
    with hall(ref):
        services.store(services.planned_limit(given, by=SYSTEM))


def callback(ref: HallRef) -> tuple[str, str, str]:
    with hall(ref):
        policy = queries.timekeeping().policy("callback", "", date(2026, 3, 2))
    return policy.rule, policy.source, policy.hall


def test_a_districts_limit_holds_in_its_streets(
    city: HallRef, district: HallRef, street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    limit(city, "WD+7", network=True)
    limit(city, "WD+6")
    limit(district, "WD+2")
    limit(other_street, "WD+1")

    assert callback(city) == ("WD+6", "hall", city.name)
    assert callback(district) == ("WD+2", "hall", district.name)
    assert callback(street) == ("WD+2", "hall", district.name)
    assert callback(other_street) == ("WD+1", "hall", other_street.name)
    assert callback(stranger) == ("WD+3", "default", "")


def test_no_branch_reads_anothers_decisions(
    city: HallRef, district: HallRef, street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    limit(other_street, "WD+1")
    limit(stranger, "WD+9")
    with hall(other_street):
        values.decide(NewValue("time.extensions", 2, "试行", date(2026, 3, 2)), by=SYSTEM)
        day = NewDay(date(2026, 3, 5), False, "停电", "1号")
        services.store(services.planned_day(day, by=SYSTEM))

    seen = {}
    for ref in (city, district, street, other_street):
        with hall(ref):
            counts = [t.objects.count() for t in (DeadlinePolicy, ParameterValue, DayOverride)]
            seen[ref.slug] = counts

    assert seen == {
        "city": [0, 0, 0],
        "district": [0, 0, 0],
        "street": [0, 0, 0],
        "other": [1, 1, 1],
    }


def test_only_the_citys_hall_decides_for_the_network(district: HallRef, street: HallRef) -> None:
    for ref in (district, street):
        with pytest.raises(NotTheCity):
            limit(ref, "WD+2", network=True)
        with hall(ref), pytest.raises(ProgrammingError), transaction.atomic():
            DeadlinePolicy.objects.create(
                network_id=ref.network_id,
                stage="callback",
                rule="WD+2",
                basis="x",
                effective_from=date(2026, 3, 2),
            )
        with hall(ref), pytest.raises(ProgrammingError), transaction.atomic():
            CalendarYear.objects.create(network_id=ref.network_id, year=2027, days=[])

    assert callback(street) == ("WD+3", "default", "")


def test_the_streets_day_stands_over_the_districts(district: HallRef, street: HallRef) -> None:
    """The district closes Thursday by decision, the street works it; the next street rests."""
    thursday = date(2026, 3, 5)
    for ref, given in (
        (district, NewDay(thursday, False, "全区停电", "青政办〔2026〕1号")),
        (street, NewDay(thursday, True, "照常办公")),
    ):
        with hall(ref):
            services.store(services.planned_day(given, by=SYSTEM))

    def third_day(ref: HallRef) -> date:
        with hall(ref):
            time = queries.timekeeping()
        return due(MONDAY, parse_rule("WD+3"), time.calendar, time.hours).due_on

    assert third_day(district) == date(2026, 3, 6)
    assert third_day(street) == thursday


def test_hours_of_a_weekday_and_the_cutoff_are_decided(district: HallRef, street: HallRef) -> None:
    """Mondays to 16:00 in the district: “the same day” ends there; the weekend stays one (§3.8
    item 5) although the hall opens on Saturdays."""
    hours: dict[str, object] = {
        "regular": "09:00-12:00,13:30-17:00",
        "1": "09:00-16:00",
        "6": "09:00-12:00",
    }
    with hall(district):
        values.decide(NewValue("time.opening_hours", hours, "通告", date(2026, 3, 1)), by=SYSTEM)
    queries.forget()

    with hall(street):
        time = queries.timekeeping()
        found = due(MONDAY, parse_rule("WD+0"), time.calendar, time.hours)
        saturday = time.calendar.works(date(2026, 3, 7))
    assert found.due_at == datetime(2026, 3, 2, 16, tzinfo=ZONE)
    assert not saturday


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("time.opening_hours", {"regular": "12:00-09:00"}),
        ("time.opening_hours", {"8": "09:00-12:00"}),
        ("time.opening_hours", {"regular": 9}),
        ("time.cutoff", "25:00"),
        ("time.receipt_online", "C"),
        ("time.pause_max_days", 0),
        ("time.pause_max_days", "20"),
        ("time.pause_reasons", ["tired"]),
        ("time.nothing", 1),
    ],
)
def test_a_value_that_means_nothing_is_refused(street: HallRef, key: str, value: object) -> None:
    with hall(street):
        with pytest.raises(BadParameter):
            values.decide(NewValue(key, value, "试行", date(2026, 3, 2)), by=SYSTEM)  # type: ignore[arg-type]
        assert ParameterValue.objects.count() == 0


def test_decisions_hold_from_today_and_name_their_ground(street: HallRef) -> None:
    with hall(street):
        for basis, since, field in (
            ("", date(2026, 3, 2), "basis"),
            ("x", date(2026, 2, 28), "effective_from"),
        ):
            with pytest.raises(Invalid) as refusal:
                services.planned_limit(NewLimit("sign", "", "WH+3", basis, since), by=SYSTEM)
            assert list(refusal.value.params["errors"]) == [field]
        for stage, rule, kind in (("sign", "3 days", BadRule), ("lunch", "WD+1", NoSuchLimit)):
            with pytest.raises(kind):
                services.planned_limit(NewLimit(stage, "", rule, "x", date(2026, 3, 2)), by=SYSTEM)


def test_what_is_to_come_can_be_withdrawn_by_who_decided_it(
    district: HallRef, street: HallRef
) -> None:
    limit(district, "WD+2")
    with hall(district):
        policy = DeadlinePolicy.objects.get()
        with pytest.raises(AlreadyDecided):
            limit(district, "WD+4")
    with hall(street), pytest.raises(NotFound):
        services.withdraw_limit(policy.id)
    with hall(district):
        with frozen(MONDAY), pytest.raises(InForce):
            services.withdraw_limit(policy.id)
        services.withdraw_limit(policy.id)

    assert callback(street) == ("WD+3", "default", "")


def test_new_hours_hold_from_their_day_and_change_no_day_before(street: HallRef) -> None:
    """From Wednesday the hall closes at 16:00: four working hours begun on Monday at 15:30 end at
    10:30 on Tuesday as before, those begun on Tuesday at 15:30 end at 10:30 on Wednesday."""
    with hall(street):
        values.decide(
            NewValue("time.opening_hours", SHORT, "通告", date(2026, 3, 4)),
            by=SYSTEM,
        )
        queries.forget()
        time = queries.timekeeping()

    def ends(day: int) -> datetime:
        start = datetime(2026, 3, day, 15, 30, tzinfo=ZONE)
        return due(start, parse_rule("WH+4"), time.calendar, time.hours).due_at

    assert ends(2) == datetime(2026, 3, 3, 10, 30, tzinfo=ZONE)
    assert ends(3) == datetime(2026, 3, 4, 10, 30, tzinfo=ZONE)
    assert time.hours.closing(date(2026, 3, 3)) == datetime(2026, 3, 3, 17, 30, tzinfo=ZONE)
    assert time.hours.closing(date(2026, 3, 4)) == datetime(2026, 3, 4, 16, tzinfo=ZONE)
