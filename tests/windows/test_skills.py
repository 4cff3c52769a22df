"""Who is trained for what, and the hint at a window where it is missing (C-67)."""

from datetime import timedelta
from typing import Any

import pytest

from apps.windows import services, skills
from apps.windows.models import Skill
from apps.windows.services import Exam
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.kernel.ids import new_id
from tests.support.clients import caller_for
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def exam(who: Actor, **terms: Any) -> Exam:
    assert who.post_id is not None
    given: dict[str, Any] = {"tested_on": MORNING.date(), "passed": True, "score": "92"}
    return Exam(post=who.post_id, **{**given, **terms})


def lacking(by: Actor) -> dict[str, list[str]]:
    return {gap.window.number: [q.prefix for q in gap.queues] for gap in skills.gaps(by)}


def test_a_window_warns_of_what_its_clerk_was_not_tested_for_and_still_calls(
    street: HallRef,
) -> None:
    """C-67: a hint and no bar; a queue without any record asks for none."""
    one, two, lead = (
        *(staff_in(street, Role.WINDOW_CLERK) for _ in range(2)),
        staff_in(street, Role.SHIFT_LEAD),
    )
    with hall(street), clock.frozen(MORNING):
        a, b = queue_in(street, "A"), queue_in(street, "B")
        first = window_in(street, [a, b], "1", one)
        second = window_in(street, [a, b], "2", two)
        assert lacking(lead) == {}
        services.record_skill(exam(one, queue=a), by=SYSTEM)
        assert lacking(lead) == {"2": ["A"]}
        services.record_skill(exam(two, queue=a, passed=False, score="41"), by=SYSTEM)
        assert lacking(lead) == {"2": ["A"]}
        assert (lacking(one), lacking(two)) == ({}, {"2": ["A"]})
        tickets_in(street, a)
        assert services.call_next(window_id=second, by=two) is not None
        services.close(window_id=first, by=one)
        passed = services.record_skill(exam(two, queue=a), by=SYSTEM)
        assert lacking(lead) == {}
        services.end_skill(skill_id=passed.id, by=SYSTEM)
        assert lacking(lead) == {"2": ["A"]}


def test_a_queue_is_known_by_who_was_tested_for_all_of_its_items(street: HallRef) -> None:
    """C-67: by business type or item by item."""
    clerk, other, lead = (
        *(staff_in(street, Role.WINDOW_CLERK) for _ in range(2)),
        staff_in(street, Role.SHIFT_LEAD),
    )
    with hall(street), clock.frozen(MORNING):
        queue = queue_in(street, "A")
        services.change_queue(queue_id=queue, item_codes=["I-1", "I-2"], by=SYSTEM)
        window_in(street, [queue], "1", clerk)
        services.record_skill(exam(other, queue=queue), by=SYSTEM)
        services.record_skill(exam(clerk, item_code="I-1"), by=SYSTEM)
        assert lacking(lead) == {"1": ["A"]}
        services.record_skill(exam(clerk, item_code="I-2"), by=SYSTEM)
        assert lacking(lead) == {}


def test_what_makes_no_record(street: HallRef) -> None:
    """C-67: one thing tested, somebody of this hall, not in the future, kept by the hall."""
    clerk, admin = staff_in(street, Role.WINDOW_CLERK), staff_in(street, Role.HALL_ADMIN)
    with hall(street), clock.frozen(MORNING):
        queue = queue_in(street)
        for wrong in (
            exam(clerk),
            exam(clerk, queue=queue, item_code="I-1"),
            exam(clerk, queue=new_id()),
            exam(clerk, queue=queue, tested_on=MORNING.date() + timedelta(days=1)),
            Exam(post=new_id(), tested_on=MORNING.date(), passed=True, queue=queue),
        ):
            with pytest.raises(Invalid):
                services.record_skill(wrong, by=admin)
        for role in (Role.SHIFT_LEAD, Role.WINDOW_CLERK, Role.ANALYST):
            with pytest.raises(Forbidden):
                services.record_skill(exam(clerk, queue=queue), by=staff_in(street, role))
        assert not Skill.objects.exists()


def test_everybody_sees_their_own_record_and_another_hall_none(
    street: HallRef, other_street: HallRef
) -> None:
    """C-67, C-81: nobody's record is shown around."""
    clerk, colleague = (staff_in(street, Role.WINDOW_CLERK) for _ in range(2))
    admin = staff_in(street, Role.HALL_ADMIN)
    queue = queue_in(street)
    caller = caller_for(street, admin)
    today = str(clock.today())
    made = caller.post("skills", {"post": clerk.post_id, "queue": queue, "tested_on": today})
    assert (made.status_code, made.json()["queue"]["prefix"]) == (201, "Z")

    assert len(caller.get("skills").json()["results"]) == 1
    assert len(caller_for(street, clerk).get("skills").json()["results"]) == 1
    assert caller_for(street, colleague).get("skills").json()["results"] == []
    assert (
        caller_for(street, colleague)
        .post("skills", {"post": clerk.post_id, "queue": queue, "tested_on": today})
        .status_code
        == 403
    )
    stranger = caller_for(other_street, staff_in(other_street, Role.HALL_ADMIN))
    assert stranger.get("skills").json()["results"] == []
    assert stranger.post(f"skills/{made.json()['id']}/end").status_code == 404
    with hall(street):
        with pytest.raises(Stale):
            services.end_skill(skill_id=made.json()["id"], version=7, by=admin)
        services.end_skill(skill_id=made.json()["id"], version=1, by=admin)
        with pytest.raises(NotFound):
            services.end_skill(skill_id=made.json()["id"], by=admin)
