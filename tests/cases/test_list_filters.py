"""What a list is narrowed to and in which order it comes, page by page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.cases.listing import pages, sorts
from apps.cases.listing.narrowing import narrowed
from apps.cases.listing.wanted import Wanted
from apps.cases.models import Case
from apps.cases.rules import Urgency
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.models import DayOverride
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for

pytestmark = pytest.mark.django_db
POST = UUID("0198c0de-0000-7000-8000-000000000001")
DAY = timedelta(days=1)


@pytest.fixture
def team(street: HallRef) -> Iterator[Team]:
    made = Team(street)
    with hall(street):
        yield made


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def numbers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


def changed(case: Case, **values: Any) -> str:
    Case.objects.filter(id=case.id).update(**values)
    return case.number


MARKS = [
    ({"state": "triaged"}, "state=triaged"),
    ({"state": "triaged"}, "state=triaged,returned"),
    ({"cause": "cannot"}, "cause=cannot"),
    ({"blocking_reason": "B7"}, "reason=B7,B8"),
    ({"outcome": "withdrawn"}, "outcome=withdrawn"),
    ({"urgency": "urgent"}, "urgency=urgent"),
    ({"channel": "phone"}, "channel=phone"),
    ({"lead_unit": POST}, f"department={POST}"),
    ({"first_responder_post": POST}, f"first_responder={POST}"),
    ({"handler_post": POST}, f"handler={POST}"),
    ({"confidential": True}, "confidential=true"),
    ({"reopen_count": 1}, "reopened=1"),
    ({"letter_in": POST}, "referral=in"),
    ({"letter_out": POST}, "referral=out"),
]


@pytest.mark.parametrize(("marked", "asked"), MARKS, ids=[asked for _, asked in MARKS])
def test_each_mark_finds_its_cases(
    team: Team, desk: Caller, marked: dict[str, Any], asked: str
) -> None:
    """C-38: every filter of the allow-list finds the case that has it and no other."""
    team.registered()
    wanted = changed(team.registered(), **marked)

    assert numbers(desk.get(f"cases?{asked}")) == [wanted]


def test_days_are_the_halls_days_and_both_ends_count(team: Team, desk: Caller) -> None:
    """C-38: from and to name days of Beijing time; the last one is counted whole."""
    today = clock.today()
    start = clock.now().astimezone(clock.ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    late = changed(team.registered(), registered_at=start + timedelta(hours=23, minutes=59))
    early = changed(team.registered(), registered_at=start)
    changed(team.registered(), registered_at=start - timedelta(seconds=1))
    changed(team.registered(), registered_at=start + DAY)

    found = numbers(desk.get(f"cases?registered_from={today}&registered_to={today}"))

    assert found == [late, early]


def test_due_words_and_spans(team: Team, desk: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """C-68: late, due today, due by the end of the next working day (Friday looks at Monday)."""
    friday = clock.now().replace(2026, 11, 20, hour=10, minute=0, second=0, microsecond=0)
    late = changed(team.registered(), due_at=friday - timedelta(hours=1))
    today = changed(team.registered(), due_at=friday + timedelta(hours=1))
    monday = changed(team.registered(), due_at=friday + 3 * DAY)
    changed(team.registered(), due_at=friday + 4 * DAY)
    monkeypatch.setattr(clock, "now", lambda: friday)

    with hall(team.ref):
        found = {
            due: set(narrowed(Wanted(due=due), team.desk).values_list("number", flat=True))
            for due in ("overdue", "today", "soon")
        }

    assert found == {"overdue": {late}, "today": {today}, "soon": {today, monday}}


def test_a_hall_that_is_closed_for_months_still_has_a_list(team: Team, desk: Caller) -> None:
    """What is due within the month is soon; the list does not look for a working day for ever."""
    today = clock.today()
    with hall(team.ref):
        DayOverride.objects.bulk_create(
            DayOverride(
                network_id=team.ref.network_id,
                hall_id=team.ref.id,
                day=today + ahead * DAY,
                working=False,
                reason="修缮",
                decision="1号",
            )
            for ahead in range(60)
        )
        calendar.forget()
    near = changed(team.registered(), due_at=clock.now() + 20 * DAY)
    changed(team.registered(), due_at=clock.now() + 40 * DAY)

    assert numbers(desk.get("cases?due=soon")) == [near]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("state=lost", "state"),
        ("cause=no", "cause"),
        ("outcome=good", "outcome"),
        ("urgency=very", "urgency"),
        ("reason=" + ",".join(f"B{n}" for n in range(31)), "reason"),
        ("department=7", "department"),
        ("handler=me", "handler"),
        ("due=later", "due"),
        ("confidential=perhaps", "confidential"),
        ("referral=sideways", "referral"),
        ("registered_from=yesterday", "registered_from"),
        ("closed_from=2026-02-02&closed_to=2026-02-01", "closed_to"),
        ("sort=title", "sort"),
        ("channel=" + "x" * 41, "channel"),
    ],
)
def test_a_wrong_filter_is_named(desk: Caller, asked: str, name: str) -> None:
    """C-38: what is not on the allow-list is refused by name, not passed over."""
    answer = desk.get(f"cases?{asked}")

    assert (answer.status_code, list(answer.json()["params"]["errors"])) == (422, [name])


def some(team: Team) -> list[Case]:
    """Six cases with ties and gaps in everything they are sorted by."""
    start = clock.now() - 10 * DAY
    cases = [team.registered() for _ in range(4)] + [team.closed() for _ in range(2)]
    for at, case in enumerate(cases):
        is_open = at < 4
        changed(
            case,
            registered_at=start + (at // 2) * DAY,
            due_at=start + DAY if at in (0, 1) else None,
            closed_at=None if is_open else start + 5 * DAY,
            urgency=Urgency.URGENT if at in (2, 5) else Urgency.NORMAL,
        )
    return list(Case.objects.order_by("-registered_at", "-id"))


EXPECTED: dict[str, Any] = {
    "registered_at": lambda one: (one.registered_at, one.id),
    "due_at": lambda one: (one.due_at, one.id),
    "closed_at": lambda one: (one.closed_at, one.id),
    "number": lambda one: one.number,
}


def expected(name: str, newest: list[Case]) -> list[str]:
    """By hand: known values sorted with Python, the unknown after them, newest first."""
    field = name.lstrip("-")
    if field == "urgency":
        first = Urgency.URGENT if name.startswith("-") else Urgency.NORMAL
        return [one.number for one in sorted(newest, key=lambda one: one.urgency != first)]
    known = [one for one in newest if getattr(one, field) is not None]
    known.sort(key=EXPECTED[field], reverse=name.startswith("-"))
    return [one.number for one in [*known, *(one for one in newest if one not in known)]]


@pytest.mark.parametrize("name", sorts.SORTS)
def test_each_order_holds_over_its_pages(team: Team, desk: Caller, name: str) -> None:
    """C-38: ties and unknown values keep their place over pages of any size; nothing twice,
    nothing left out, and a walk through all of it meets the same."""
    wanted = expected(name, some(team))

    for limit in (1, 2, 3, 6, 7):
        met: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            answer = desk.get(f"cases?sort={name}&limit={limit}&cursor={cursor}")
            met += numbers(answer)
            cursor = answer.json()["next"]
        assert met == wanted, limit
    with hall(team.ref):
        rows = narrowed(Wanted(), team.desk)
        batches = list(pages.walk(rows, sorts.of(name), columns=["number"], batch=2))
    assert [row["number"] for batch in batches for row in batch] == wanted


def test_a_cursor_belongs_to_its_order(team: Team, desk: Caller) -> None:
    """C-38: a cursor of one order is refused in another, and so is a made-up one."""
    some(team)
    cursor = desk.get("cases?sort=due_at&limit=2").json()["next"]

    for asked in (f"sort=-due_at&cursor={cursor}", f"cursor={cursor}", "cursor=W10", "cursor=x"):
        answer = desk.get(f"cases?{asked}")
        assert (answer.status_code, list(answer.json()["params"]["errors"])) == (422, ["cursor"]), (
            asked
        )


def test_a_department_lists_what_it_leads_assists_and_helps_with(team: Team) -> None:
    """domain.md §4.1: whatever is filtered or sorted, only what the asker may see; another hall's
    cases and another department's are never among them."""
    handler = caller_for(team.ref, team.handler)
    led = changed(team.registered(), lead_unit=team.unit)
    assisted = changed(team.registered(), assist_units=[{"id": str(team.unit), "name": "民政科"}])
    helped = changed(team.registered(), helpers=[team.handler.post_id])
    changed(team.registered(), lead_unit=ids.new_id(), helpers=[ids.new_id()])
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "公安科")
    )

    for name in sorts.SORTS:
        found = numbers(handler.get(f"cases?sort={name}"))
        assert sorted(found) == sorted([led, assisted, helped]), name
    assert numbers(handler.get("cases?q=结婚证&state=registered&sort=due_at")) != []
    assert numbers(caller_for(team.ref, other).get("cases?q=结婚证")) == []


def test_another_halls_cases_are_in_no_list(team: Team, district: HallRef) -> None:
    """C-61: whatever another hall's desk filters by, this hall's cases are not there."""
    case = team.registered()
    above = people.staff_in(district, Role.DESK_OFFICER)

    for asked in ("", f"?q={case.number}", "?q=结婚证", "?q=林晓雨", "?sort=number"):
        assert numbers(caller_for(district, above).get(f"cases{asked}")) == []
