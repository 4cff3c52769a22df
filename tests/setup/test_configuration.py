"""What a hall decided is carried to another hall, looked at first, all of it or nothing."""

import json
from typing import Any

import pytest

from apps.documents import templates
from apps.documents.errors import BadStructure
from apps.documents.rules import Paper
from apps.documents.services import editing
from apps.documents.shipped import template
from apps.policies import services as policies
from apps.setup import configuration
from apps.setup.errors import ChangedSince, NewerFormat, UnknownFormat
from apps.setup.services import configuring, items
from apps.staff import queries as staff
from apps.windows import queries as windows
from apps.windows.rules import WindowKind
from apps.windows.services import Spans, add_queue, add_window, set_hours
from bancheng.city.calendar.services import NewLimit
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.queries import AtHall, ServiceItemRef, item_row, known_items
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.errors import BadParameter
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


@pytest.fixture
def written(street: HallRef, city: HallRef) -> Json:
    """The document of a hall that decided something of every part."""
    with hall(city):
        catalogue.put_service_items(items=[ServiceItemRef("A1", "甲", "民政")], by=SYSTEM)
    department_in(street, "民政科")
    with hall(street):
        line = add_queue(prefix="A", name="综合", by=SYSTEM, item_codes=["A1"], contingent=80)
        spans = Spans((("09:00", "11:30"),), (1, 2, 3))
        set_hours(queue_id=line, effective_from=clock.today(), spans=spans, by=SYSTEM)
        kind = WindowKind.INTEGRATED
        add_window(number="3", name="综合窗口", kind=kind, queue_ids=[line], by=SYSTEM)
        today = clock.today()
        policies.decide_value(NewValue("cases.reopenings", 1, "会议", today), by=SYSTEM)
        policies.decide_limit(NewLimit("sign", "", "WH+3", "会议", today), by=SYSTEM)
        item = known_items().get(code="A1").id
        items.do_here(item_id=item, wanted=AtHall("", offered=False, since=today), by=SYSTEM)
        assert item_row(item).code == "A1"
        own = editing.Words(template(Paper.URGE).text + "\n\n请速办。", "办催", "滨河街道")
        editing.save(kind=Paper.URGE, version=0, words=own, by=SYSTEM)
        document: Json = json.loads(json.dumps(configuration.export(SYSTEM)))
    return document


def parts_of(ref: HallRef) -> Any:
    with hall(ref):
        return configuration.export(SYSTEM)["parts"]


def taken(document: Json, ref: HallRef) -> Any:
    with hall(ref):
        seal = configuring.look(document, by=SYSTEM).seal
        return configuring.take_over(document, seal=seal, by=SYSTEM)


def test_what_is_exported_into_an_empty_hall_is_exported_the_same(
    written: Json, other_street: HallRef
) -> None:
    counted = taken(written, other_street)

    assert counted == {"added": 7, "changed": 0}
    assert parts_of(other_street) == written["parts"]
    with hall(other_street):
        assert parameters.number("cases.reopenings") == 1
        assert [one["name"] for one in staff.departments()] == ["民政科"]
        assert [one.window.number for one in windows.windows()] == ["3"]
        assert templates.one(Paper.URGE)["letterhead"] == ""
        assert len(windows.hours_of(windows.queues()[0].id)) == 1


def test_taking_it_over_again_changes_nothing(written: Json, other_street: HallRef) -> None:
    taken(written, other_street)
    before = parts_of(other_street)

    assert taken(written, other_street) == {"added": 0, "changed": 0}
    assert parts_of(other_street) == before


def test_a_look_says_part_by_part_what_would_change_and_writes_nothing(
    written: Json, other_street: HallRef
) -> None:
    with hall(other_street):
        add_queue(prefix="A", name="旧名", by=SYSTEM)
        add_queue(prefix="Z", name="只在这里", by=SYSTEM)
        before = configuration.export(SYSTEM)["parts"]
        counted = AuditEntry.objects.count()

        diff = configuring.look(written, by=SYSTEM)

        lines = next(one for one in diff.parts if one.part == "lines")
        assert [(one.kind, one.entry) for one in lines.changes] == [
            ("changed", "A"),
            ("only_here", "Z"),
        ]
        assert diff.source == written["hall"]["name"]
        assert configuration.export(SYSTEM)["parts"] == before
        assert AuditEntry.objects.count() == counted


def test_what_only_this_hall_has_stays(written: Json, other_street: HallRef) -> None:
    with hall(other_street):
        add_queue(prefix="Z", name="只在这里", by=SYSTEM)

    taken(written, other_street)

    with hall(other_street):
        assert {one.prefix for one in windows.queues()} == {"A", "Z"}


def test_another_document_than_the_one_looked_at_is_refused(
    written: Json, other_street: HallRef
) -> None:
    with hall(other_street):
        seal = configuring.look(written, by=SYSTEM).seal
        other = written | {"parts": written["parts"] | {"departments": {"别的科": True}}}
        with pytest.raises(ChangedSince):
            configuring.take_over(other, seal=seal, by=SYSTEM)
        add_queue(prefix="Q", name="其间新增", by=SYSTEM)
        with pytest.raises(ChangedSince):
            configuring.take_over(written, seal=seal, by=SYSTEM)
        assert staff.departments() == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kind": "something"}, UnknownFormat),
        ({"format": "1"}, UnknownFormat),
        ({"format": 2}, NewerFormat),
        ({"parts": []}, UnknownFormat),
        ({"parts": {"people": {}}}, UnknownFormat),
        ({"parts": {"lines": []}}, UnknownFormat),
        ({"parts": {"lines": {"": {}}}}, UnknownFormat),
        ({"parts": {"items": {"A1": {"offered": True, "place": "\0"}}}}, UnknownFormat),
        ({"parts": {"departments": {"\ud800": True}}}, UnknownFormat),
        ({"parts": {"parameters": {"x": [[[[[[[[[1]]]]]]]]]}}}, UnknownFormat),
    ],
)
def test_what_is_no_configuration_is_refused(
    street: HallRef, wrong: Json, refusal: type[Exception]
) -> None:
    document = {"kind": "bancheng.configuration", "format": 1, "parts": {}} | wrong
    with hall(street), pytest.raises(refusal):
        configuring.look(document, by=SYSTEM)


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"lines": {"A": "x"}}, UnknownFormat),
        ({"lines": {"A": {"name": "x"}}}, UnknownFormat),
        ({"windows": {"1": {"name": "x", "kind": "nothing"}}}, UnknownFormat),
        ({"parameters": {"cases.reopenings": 99}}, BadParameter),
        ({"parameters": {"no.such": 1}}, BadParameter),
        ({"limits": {"sign/": 3}}, UnknownFormat),
        ({"items": {"A1": {"offered": "yes"}}}, UnknownFormat),
        ({"departments": {" ": True}}, UnknownFormat),
        ({"templates": {"no_such": {"text": "x", "code_word": ""}}}, UnknownFormat),
        ({"templates": {"urge": {"text": "只有{no_such}"}}}, UnknownFormat),
        ({"templates": {"urge": {"text": "x {no_such}", "code_word": ""}}}, BadStructure),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_is_written(
    street: HallRef, parts: Json, refusal: type[Exception]
) -> None:
    sound = {"departments": {"民政科": True}} if "departments" not in parts else {}
    document = {"kind": "bancheng.configuration", "format": 1, "parts": sound | parts}
    caller = caller_for(street, staff_in(street, Role.HALL_ADMIN))
    before = parts_of(street)
    seal = caller.post("setup/configuration/preview", {"configuration": document}).json()["seal"]

    answer = caller.post("setup/configuration", {"configuration": document, "seal": seal})

    assert (answer.status_code, answer.json()["code"]) == (422, refusal.code)  # type: ignore[attr-defined]
    assert parts_of(street) == before


def test_nobodys_data_is_in_a_document(street: HallRef) -> None:
    team = Team(street)
    case = team.dispatched()
    with hall(street):
        text = json.dumps(configuration.export(SYSTEM), ensure_ascii=False)

    for secret in ("测试员", case.number, case.title, "林晓雨", "password", "token"):
        assert secret not in text


def test_only_a_manager_exports_and_only_the_hall_admin_sets_lines_up(
    written: Json, street: HallRef, other_street: HallRef
) -> None:
    clerk = staff_in(street, Role.SHIFT_LEAD)
    with hall(street), pytest.raises(Forbidden):
        configuration.export(clerk)
    above = staff_in(other_street, Role.DISTRICT_ADMIN)
    before = parts_of(other_street)
    caller = caller_for(other_street, above)
    seal = caller.post("setup/configuration/preview", {"configuration": written}).json()["seal"]

    answer = caller.post("setup/configuration", {"configuration": written, "seal": seal})

    assert answer.status_code == 403
    assert parts_of(other_street) == before


def test_a_part_is_declared_once() -> None:
    given = configuration.Part("lines", dict, lambda wanted, by: None)
    with pytest.raises(ValueError, match="declared twice"):
        configuration.part(given)
