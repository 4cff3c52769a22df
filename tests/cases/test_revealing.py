"""One field in plain, for a reason, on the record, thirty times an hour (security.md §4.2)."""

import pytest
from django.db import connection

from apps.cases import masks
from apps.cases.models import Applicant, Case, CaseEvent
from apps.cases.rules import REVEALS_PER_HOUR
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db
WHY = {"reason": "contact_applicant"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "林晓雨"), ("phone", "19900001234"), ("id_number", "11010119900307283X")],
)
def test_a_field_is_shown_and_written_down(field: str, value: str, team: Team) -> None:
    case = team.triaged()

    answer = caller_for(team.ref, team.desk).post(
        f"cases/{case.id}/reveal", WHY | {"field": field}, key=None
    )

    assert answer.json() == {"value": value, "expires_in": 300}
    assert answer["Cache-Control"] == "no-store"
    with hall(team.ref):
        line = CaseEvent.objects.get(case=case, kind="reveal")
        entry = AuditEntry.objects.order_by("-seq").first()
        assert Case.objects.get(id=case.id).version == case.version
    assert (line.data, line.actor_post) == (WHY | {"field": field}, team.desk.post_id)
    assert entry is not None
    assert entry.body["action"] == "cases.reveal"
    assert value not in str(entry.body)


def test_the_thirty_first_in_an_hour_is_refused(team: Team) -> None:
    case = team.triaged()
    with hall(team.ref):
        CaseEvent.objects.bulk_create(
            CaseEvent(case=case, seq=100 + n, kind="reveal", actor_post=team.desk.post_id)
            for n in range(REVEALS_PER_HOUR)
        )
        entries = AuditEntry.objects.count()

    answer = caller_for(team.ref, team.desk).post(
        f"cases/{case.id}/reveal", WHY | {"field": "phone"}
    )
    somebody_else = caller_for(team.ref, team.clerk).post(
        f"cases/{case.id}/reveal", WHY | {"field": "phone"}
    )

    assert (answer.status_code, answer.json()["code"]) == (429, "cases.reveal_limit")
    assert somebody_else.status_code == 200
    with hall(team.ref):
        mine = CaseEvent.objects.filter(kind="reveal", actor_post=team.desk.post_id)
        assert mine.count() == REVEALS_PER_HOUR
        assert AuditEntry.objects.count() > entries


def test_nothing_personal_lies_open_in_the_hall(team: Team) -> None:
    case = team.closed()
    caller_for(team.ref, team.desk).get(f"cases/{case.id}")

    with hall(team.ref), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(t)::text, ' ') FROM cases_applicant t")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(e::text, ' ') FROM cases_caseevent e")
        kept += cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(k::text, ' ') FROM idempotency_idempotencykey k")
        kept += cursor.fetchone()[0] or ""

    for plain in ("林晓雨", "19900001234", "11010119900307283X"):
        assert plain not in kept


def test_a_sealed_field_moved_to_another_row_does_not_open(team: Team) -> None:
    mine, other = team.triaged(), team.triaged()
    with hall(team.ref):
        stolen = Applicant.objects.get(case=other).phone_sealed
        Applicant.objects.filter(case=mine).update(phone_sealed=stolen)

    answer = caller_for(team.ref, team.desk).post(
        f"cases/{mine.id}/reveal", WHY | {"field": "phone"}
    )

    assert (answer.status_code, answer.json()["code"]) == (500, CannotOpen.code)


def test_equal_phones_find_each_other_inside_a_hall_only(team: Team, other_street: HallRef) -> None:
    mine, theirs = team.triaged(), Team(other_street).triaged()

    def index(case: Case, ref: HallRef) -> bytes:
        with hall(ref):
            return bytes(Applicant.objects.get(case=case).phone_index or b"")

    again = team.triaged()
    assert index(mine, team.ref) == index(again, team.ref)
    assert index(mine, team.ref) != index(theirs, other_street)


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (masks.name, "张三", "张*"),
        (masks.name, "张三丰", "张**"),
        (masks.name, "欧阳正德", "欧**"),
        (masks.name, "", ""),
        (masks.phone, "138 0013 5678", "138****5678"),
        (masks.phone, "0000-555", "*****55"),
        (masks.id_number, "11010119900307283x", "1****************X"),
        (masks.id_number, "", ""),
    ],
)
def test_masks_are_those_of_the_rule(mask: object, plain: str, shown: str) -> None:
    assert callable(mask)
    assert mask(plain) == shown
