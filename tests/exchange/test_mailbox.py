"""The mailbox guards itself: by the database, whatever the code says (security.md §3.1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from bancheng.city.exchange import letters, queries
from bancheng.city.exchange.contents import Contact, Matter
from bancheng.city.exchange.errors import AlreadyDecided, NotReachable
from bancheng.city.exchange.kinds import EventKind, LetterState
from bancheng.city.exchange.letters import Draft
from bancheng.city.exchange.models import Letter, LetterEvent
from bancheng.kernel import clock, ids
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db

MATTER = Matter(
    title="养老金停发",
    detail="街道查不到原因。",
    want="恢复待遇",
    service_item="YJ-RS-08",
    service_item_name="城乡居民养老保险待遇",
    should_do="yes",
    can_do="unclear",
    cause="hard",
    blocking_reason="D3",
    difficulty="complex",
    triage_note="权限在区级",
    urgency="normal",
    confidential=False,
    visit_count=2,
    applicant_kind="person",
    relation="family",
    enterprise_name="",
    name_mask="邹**",
    first_responder="测试员",
)


def draft(to: HallRef, contact: Contact | None = None) -> Draft:
    return Draft(
        to_hall=to.id,
        case_id=ids.new_id(),
        case_number="BCS-20260302-0137",
        reason="恢复权限在区级",
        purpose="核实停发原因",
        legal_basis="",
        matter=MATTER,
        contact=contact,
        promised_on=date(2026, 3, 9),
        accept_due_at=clock.now() + timedelta(days=1),
    )


@pytest.fixture
def sent(street: HallRef, district: HallRef) -> UUID:
    with hall(street):
        return letters.send(draft(district))


def test_both_ends_read_a_letter_and_nobody_else(
    sent: UUID,
    street: HallRef,
    district: HallRef,
    city: HallRef,
    other_street: HallRef,
    stranger: HallRef,
) -> None:
    for ref in (street, district):
        with hall(ref):
            found = queries.letter(sent)
            assert (found.state, found.version, found.matter) == (LetterState.SENT, 1, MATTER)
    for ref in (city, other_street, stranger):
        with hall(ref):
            assert (Letter.objects.count(), LetterEvent.objects.count()) == (0, 0)
            with pytest.raises(NotFound):
                queries.letter(sent)


def test_nobody_reads_nothing(sent: UUID) -> None:
    with hall(None), pytest.raises(ProgrammingError), transaction.atomic():
        Letter.objects.count()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exchange_letter SET reason = 'x' WHERE id = %s",
        "DELETE FROM exchange_letter WHERE id = %s",
        "UPDATE exchange_letterevent SET note = 'x' WHERE letter_id = %s",
        "DELETE FROM exchange_letterevent WHERE letter_id = %s",
    ],
)
def test_nobody_changes_or_deletes_a_line(
    statement: str, sent: UUID, street: HallRef, district: HallRef
) -> None:
    for ref in (street, district):
        with (
            hall(ref),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [sent])


def forged(street: HallRef, district: HallRef, other: HallRef, stranger: HallRef) -> list[Letter]:
    """Letters that street writes and may not: by another's role, id, or to another network."""
    mine = Letter(
        network_id=street.network_id,
        direction="up",
        from_hall=street.id,
        from_role=street.role,
        from_name=street.name,
        to_hall=district.id,
        to_role=district.role,
        to_name=district.name,
        case_id=ids.new_id(),
        case_number="BCS-20260302-0001",
        reason="x",
        purpose="x",
        payload=MATTER.as_json(),
        promised_on=date(2026, 3, 9),
        accept_due_at=clock.now(),
    )
    changes: list[dict[str, object]] = [
        {"from_role": other.role, "from_hall": other.id},
        {"from_hall": other.id},
        {"to_hall": stranger.id, "to_role": stranger.role},
        {"to_role": other.role},
        {"network_id": stranger.network_id},
    ]
    found = []
    for change in changes:
        fields = {
            field.attname: getattr(mine, field.attname) for field in Letter._meta.concrete_fields
        }
        found.append(Letter(**fields | {"id": ids.new_id()} | change))
    return found


def test_a_forged_letter_is_refused(
    street: HallRef, district: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    for letter in forged(street, district, other_street, stranger):
        with hall(street), pytest.raises(ProgrammingError), transaction.atomic():
            letter.save(force_insert=True)


def test_only_the_receiver_writes_lines(
    sent: UUID, street: HallRef, district: HallRef, other_street: HallRef
) -> None:
    def line(ref: HallRef, role: str, by: UUID) -> Callable[[], None]:
        return lambda: LetterEvent(
            letter_id=sent, seq=2, kind="accepted", by_hall=by, by_role=role, by_name=ref.name
        ).save(force_insert=True)

    tries = [
        (street, line(street, street.role, street.id)),
        (street, line(street, district.role, district.id)),
        (other_street, line(other_street, other_street.role, other_street.id)),
        (other_street, line(other_street, other_street.role, district.id)),
    ]
    for ref, write in tries:
        with hall(ref), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            write()
    with hall(district):
        line(district, district.role, district.id)()
        assert queries.letter(sent).state is LetterState.ACCEPTED


def test_one_decision_stands(sent: UUID, district: HallRef) -> None:
    with hall(district):
        letters.add(sent, EventKind.ACCEPTED, data={})

        for kind in (EventKind.ACCEPTED, EventKind.RETURNED):
            with pytest.raises(AlreadyDecided):
                letters.add(sent, kind, data={})

        assert [line.kind for line in queries.lines_after(sent, 0)] == ["sent", "accepted"]


def test_the_contact_is_sealed_and_opens_for_both_ends_only(
    street: HallRef, district: HallRef, other_street: HallRef
) -> None:
    contact = Contact("邹文韬", "19900005678")
    with hall(street):
        sent = letters.send(draft(district, contact))
        with connection.cursor() as cursor:
            cursor.execute("SELECT l::text FROM exchange_letter l WHERE id = %s", [sent])
            kept = cursor.fetchone()[0]

    assert contact.phone not in kept
    assert contact.name not in kept
    with hall(district):
        assert letters.contact_of(sent) == contact
    with hall(other_street), pytest.raises(Letter.DoesNotExist):
        letters.contact_of(sent)


@pytest.mark.parametrize("where", ["street", "stranger"])
def test_a_letter_goes_to_another_hall_of_the_network(
    where: str, street: HallRef, request: pytest.FixtureRequest
) -> None:
    target: HallRef = request.getfixturevalue(where)

    with hall(street), pytest.raises(NotReachable):
        letters.send(replace(draft(target), to_hall=target.id))
    with hall(street), pytest.raises(NotReachable):
        letters.send(replace(draft(target), to_hall=ids.new_id()))


def test_a_box_holds_open_letters_with_their_state(
    sent: UUID, street: HallRef, district: HallRef
) -> None:
    with hall(street):
        second = letters.send(draft(district))
    with hall(district):
        assert queries.waiting_count() == 2
        letters.add(second, EventKind.RETURNED, data={})

        open_ones = [row.id for row in queries.box("in", only_open=True)]
        every = {row.id for row in queries.box("in", only_open=False)}

        assert (open_ones, every) == ([sent], {sent, second})
        assert queries.waiting_count() == 1
        assert not queries.box("out", only_open=False).exists()
