"""Two people give the same name in the same moment: one row, and a refusal with its own code."""

from collections.abc import Callable
from datetime import date
from itertools import repeat

import pytest

from apps.ledger.models import View
from apps.ledger.services import views
from apps.oversight.models import DutyShift
from apps.oversight.rules import DutyRole, Part
from apps.oversight.services import roster
from apps.policies import services as policies
from apps.setup.services import items
from apps.staff import services as staff
from apps.staff.models import Department, Post
from apps.staff.services import posts
from apps.windows import services as windows
from apps.windows.models import Queue, Window
from apps.windows.rules import WindowKind
from bancheng.city.calendar.models import DeadlinePolicy
from bancheng.city.calendar.services import NewLimit
from bancheng.city.catalogue.models import HallItem, ServiceItem
from bancheng.city.catalogue.queries import AtHall, ServiceItemRef
from bancheng.city.parameters.models import ParameterValue
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import HallRef, hall
from tests.concurrency.test_calling import all_at_once
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")
TIMES = 6


def refused(ref: HallRef, act: Callable[[], object]) -> set[str]:
    """The codes with which all but one of six at once were refused; anything else fails."""
    said: list[str] = []

    def trying() -> None:
        try:
            act()
        except Refusal as refusal:
            said.append(refusal.code)

    all_at_once(ref, list(repeat(trying, TIMES)))
    assert len(said) == TIMES - 1
    return set(said)


def test_a_department_is_added_and_a_person_hired_once(street: HallRef) -> None:
    """C-83: two managers do the same; no account without a post stays behind."""
    boss = staff_in(street, Role.HALL_ADMIN)

    codes = refused(
        street, lambda: staff.add_department(name="民政科", duty_phone="", position=1, by=boss)
    )

    assert codes == {"staff.department_exists"}
    with hall(street):
        assert Department.objects.filter(name="民政科").count() == 1

    about = posts.About("何苗", frozenset({Role.WINDOW_CLERK}), None)

    codes = refused(street, lambda: posts.hire(username="hemiao", about=about, by=boss))

    assert codes <= {"identity.username_taken", "staff.post_exists"}
    with hall(street):
        assert Post.objects.filter(username="hemiao").count() == 1


def test_a_line_and_a_window_are_added_once(street: HallRef) -> None:
    """C-23: one letter, one number."""
    boss = staff_in(street, Role.HALL_ADMIN)

    lines = refused(street, lambda: windows.add_queue(prefix="Q", name="综合", by=boss))
    places = refused(
        street,
        lambda: windows.add_window(
            number="88", name="综合", kind=WindowKind.INTEGRATED, queue_ids=[], by=boss
        ),
    )

    assert lines == places == {"windows.already_there"}
    with hall(street):
        assert Queue.objects.filter(prefix="Q").count() == 1
        assert Window.objects.filter(number="88").count() == 1


def test_a_view_is_saved_and_somebody_put_on_duty_once(street: HallRef) -> None:
    """C-38: the same person in two pages; C-37."""
    boss = staff_in(street, Role.HALL_ADMIN)
    clerk = staff_in(street, Role.DESK_OFFICER)
    look = views.Look("本周", False, {}, ())

    assert refused(street, lambda: views.save(look=look, by=clerk)) == {"invalid"}
    with hall(street):
        assert View.objects.filter(name="本周").count() == 1

    assert clerk.post_id is not None
    post, day = clerk.post_id, clock.today()

    codes = refused(
        street,
        lambda: roster.assign(day=day, part=Part.MORNING, role=DutyRole.DESK, post=post, by=boss),
    )

    assert codes == {"oversight.on_duty_twice"}
    with hall(street):
        assert DutyShift.objects.filter(post=post).count() == 1


def test_a_place_decides_once_for_a_day(street: HallRef) -> None:
    """C-79: a parameter and a limit from the same day on."""
    boss = staff_in(street, Role.HALL_ADMIN)
    value = NewValue("ledger.bulk_most", 20, "会议纪要", clock.today())
    limit = NewLimit("contact", "", "WD+1", "会议纪要", clock.today())

    values = refused(street, lambda: policies.decide_value(value, by=boss))
    limits = refused(street, lambda: policies.decide_limit(limit, by=boss))

    assert values == {"parameters.already_decided"}
    assert limits == {"calendar.already_decided"}
    with hall(street):
        assert ParameterValue.objects.filter(key="ledger.bulk_most").count() == 1
        assert DeadlinePolicy.objects.filter(hall_id=street.id).count() == 1


def test_an_item_has_its_code_once(city: HallRef) -> None:
    """C-83: two people of the city add an item of one code; of two who do it differently here
    neither is refused, and the later one holds."""
    boss = staff_in(city, Role.CITY_ADMIN)
    item = ServiceItemRef("T-1", "养老金资格认证", "社保")

    assert refused(city, lambda: items.add(item, by=boss)) == {"catalogue.item_exists"}
    with hall(city):
        assert ServiceItem.objects.filter(code="T-1").count() == 1

    with hall(city):
        made = items.add(ServiceItemRef("T-2", "老年优待证", "民政"), by=boss)
    here = AtHall("", True, 3, "二楼", date(2026, 1, 1))

    all_at_once(
        city, list(repeat(lambda: items.do_here(item_id=made, wanted=here, by=boss), TIMES))
    )

    with hall(city):
        assert HallItem.objects.filter(item_code="T-2").count() == 1
