"""容缺受理 and 告知承诺: accepted against a promise, within the rules of domain.md §2.9."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.cases.models import CaseEvent, Deadline
from apps.notices.models import Notice
from apps.work.errors import (
    BadRecord,
    ConsentMissing,
    ExcludedArea,
    MandateMissing,
    NotMissing,
    PrimaryMissing,
    PromiseTooLong,
)
from apps.work.models import WorkItem
from apps.work.services import sweeping
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.queries import Material, ServiceItemRef
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.work import begin, bodies, take

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


def promise(team: Team, **changes: Any) -> dict[str, Any]:
    return bodies(team.unit, team.unit)["deferred"] | changes


def material(name: str, *, primary: bool, present: bool) -> dict[str, Any]:
    return {"name": name, "primary": primary, "present": present}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"materials": [material("申请表", primary=True, present=False)]}, PrimaryMissing),
        ({"materials": [material("单位证明", primary=False, present=True)]}, NotMissing),
        ({"bad_record": True}, BadRecord),
        ({"told_consequence": False}, ConsentMissing),
        ({"promised_by": "agent"}, MandateMissing),
        ({"days": 21}, PromiseTooLong),
        ({"days": 9, "item_limit_days": 10}, PromiseTooLong),
    ],
)
def test_a_promise_outside_the_rules_is_not_taken(
    district: HallRef, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """C-12: only secondary may be missing; ≤ 20 working days and 2 less than the item's limit."""
    team = Team(district)
    case = team.dispatched()

    with pytest.raises(refusal):
        begin(district, case, "deferred", promise(team, **changes), team.desk)

    with hall(district):
        assert WorkItem.objects.count() == 0
        assert Deadline.objects.filter(stage="deferred").count() == 0


def test_the_longest_promise_that_fits_is_taken(district: HallRef) -> None:
    """C-12: an item of 10 working days leaves 8; Monday 16 to Thursday 26 November 2026."""
    team = Team(district)
    with clock.frozen(MONDAY):
        case = team.dispatched()
        wanted = promise(team, days=8, item_limit_days=10)
        item = begin(district, case, "deferred", wanted, team.desk)[0]

    with hall(district):
        running = Deadline.objects.get(item=item.id, ended="")
    assert (running.rule, running.due_on.isoformat()) == ("WD+8", "2026-11-26")
    assert item.data["copies"] == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"days": 9, "item_limit_days": 20}, PromiseTooLong),
        ({"materials": [material("申请表", primary=False, present=False)]}, PrimaryMissing),
    ],
)
def test_the_catalogues_word_counts_before_what_was_typed(
    district: HallRef, city: HallRef, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """C-12: the item's own limit (10 − 2 days) and its primary material are read, not believed."""
    item = ServiceItemRef("YJ-01", "高龄津贴", "民政", (), 10, (Material("申请表"),))
    with hall(city):
        catalogue.put_service_items(items=[item], by=SYSTEM)
    team = Team(district)
    case = team.dispatched(service_item="YJ-01")

    with pytest.raises(refusal):
        begin(district, case, "deferred", promise(team, **changes), team.desk)

    with hall(district):
        assert WorkItem.objects.count() == 0
    assert begin(district, case, "deferred", promise(team, days=8), team.desk)


def test_the_last_material_completes_the_promise(district: HallRef) -> None:
    """C-12: per material, on the day it arrived; nothing counts twice."""
    team = Team(district)
    two = [
        material("申请表", primary=True, present=True),
        material("单位证明", primary=False, present=False),
        material("照片", primary=False, present=False),
    ]
    case = team.dispatched()
    item = begin(district, case, "deferred", promise(team, materials=two), team.desk)[0]
    came = {"arrived_on": clock.today(), "how": "post"}

    half = take(district, item, "supplement", came | {"material": "照片"}, by=team.desk)
    with pytest.raises(NotMissing):
        take(district, item, "supplement", came | {"material": "照片"}, by=team.desk)
    whole = take(district, item, "supplement", came | {"material": "单位证明"}, by=team.desk)

    with hall(district):
        ended = Deadline.objects.get(item=item.id)
    assert (half.state, whole.state, whole.open, ended.ended) == (
        "promised",
        "complete",
        False,
        "done",
    )


def test_a_promise_is_called_to_mind_once_and_lapses_when_it_is_broken(district: HallRef) -> None:
    """C-12: a reminder two working days before, then the consequence of the place (安阳 24)."""
    team = Team(district)
    with clock.frozen(MONDAY):
        case = team.dispatched()
        item = begin(district, case, "deferred", promise(team, days=5), team.desk)[0]

    found = []
    for days in (1, 4, 4, 8, 8):  # Tuesday, Friday, Friday, Tuesday after, Tuesday after
        with clock.frozen(MONDAY + timedelta(days=days)), hall(district):
            found.append(sweeping.sweep())
    with hall(district):
        kept = WorkItem.objects.get(id=item.id)
        reminders = list(Notice.objects.filter(kind="work.near").values_list("post", flat=True))
        lines = CaseEvent.objects.filter(kind="work.deferred.lapse").count()

    assert found == [0, 1, 0, 1, 0]
    assert (kept.state, kept.data["lapsed"]) == ("lapsed", {"consequence": "withdrawn"})
    assert (reminders, lines) == ([team.desk.post_id], 1)


def test_only_force_majeure_moves_the_day_and_only_the_desk_says_so(district: HallRef) -> None:
    """C-12: postponed with a reason; never beyond the bound."""
    team = Team(district)
    case = team.dispatched()
    item = begin(district, case, "deferred", promise(team), team.handler)[0]

    with pytest.raises(Forbidden):
        take(district, item, "postpone", {"reason": "暴雨", "days": 5}, by=team.handler)
    with pytest.raises(PromiseTooLong):
        take(district, item, "postpone", {"reason": "暴雨", "days": 25}, by=team.desk)
    moved = take(district, item, "postpone", {"reason": "暴雨封路", "days": 15}, by=team.desk)

    with hall(district):
        running = Deadline.objects.get(item=item.id, ended="")
    assert (moved.state, running.rule) == ("promised", "WD+15")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"area": "public_safety"}, ExcludedArea),
        ({"bad_record": True}, BadRecord),
        ({"signed": False}, ConsentMissing),
    ],
)
def test_no_promise_stands_in_for_a_proof_where_it_may_not(
    district: HallRef, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """C-78: 安阳 25 excludes security, secrets, public safety, finance, ecology, life, property."""
    team = Team(district)
    case = team.dispatched()
    wanted = bodies(team.unit, team.unit)["notice_commitment"] | changes

    with pytest.raises(refusal):
        begin(district, case, "notice_commitment", wanted, team.desk)

    with hall(district):
        assert WorkItem.objects.count() == 0


@pytest.mark.parametrize(("true", "state"), [(True, "kept"), (False, "broken")])
def test_a_promise_is_verified_afterwards(district: HallRef, true: bool, state: str) -> None:
    """C-78: 事后核查."""
    team = Team(district)
    case = team.dispatched()
    wanted = bodies(team.unit, team.unit)["notice_commitment"]
    item = begin(district, case, "notice_commitment", wanted, team.desk)[0]

    found = take(district, item, "verify", {"on": clock.today(), "true": true}, by=team.desk)

    assert (found.state, found.open) == (state, False)
