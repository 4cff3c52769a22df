"""Whoever a file is about gets, to the byte, what they would get if it did not exist
(C-13, D13, security.md “Retaliation”): the same hall is played twice, with and without it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import transaction

from apps.cases.services import registration, triage
from apps.cases.services.sealing import Accusation, NewFile
from apps.cases.services.triage import Finding
from apps.conduct.models import ConductFile
from apps.conduct.rules import MeasureKind, Result
from apps.conduct.services import identity, measures, opening, verifying
from apps.conduct.services.measures import NewMeasure
from bancheng.city.rollups import services as rollups
from bancheng.config.live import topics
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live import log
from bancheng.services.live.models import LiveTopic
from tests.conduct.scene import WHO, WORDS
from tests.conduct.twin import Chance, told_in
from tests.contracts.routes import offered
from tests.contracts.world import World
from tests.support import people
from tests.support.cases import APPLICANT, FINDING, RECEPTION
from tests.support.clients import Caller, caller_for

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
UNKNOWN = UUID("019b0000-0000-7000-8000-00000000dead")
LISTS = (
    "cases?state=registered,triaged",
    "cases?cause=unwilling",
    "cases?mine=true",
    "cases?due=overdue",
    f"cases?q={WHO.phone}",
    "cases?q=中介",
    "cases?q=BCS-2026",
    "cases?limit=1",
    "receptions?limit=1",
    "referrals?box=out&state=all",
    "conduct?limit=1",
)
Told = dict[str, Any]
Secret = Callable[["Played"], list[UUID]]
NOT_ASKED = ("schema", "portal/")
"""The description of the interface, and citizens' pages: they count tries beside the database."""
TOPICS = ("desk", "board", "queue", "referrals", "display", "city", "people")


class Played:
    """A hall in the middle of its day; `meant` holds one person of every role."""

    def __init__(self, above: HallRef, below: HallRef) -> None:
        self.world = World(above, below)
        self.ref, self.unit = above, self.world.team.unit
        self.meant = {role: people.staff_in(above, role, department=self.unit) for role in Role}
        self.writer = people.staff_in(above, Role.WINDOW_CLERK)
        self.supervisor = people.staff_in(above, Role.SUPERVISOR)
        self.second = people.staff_in(above, Role.SUPERVISOR)

    def accusation(self) -> Accusation:
        posts = tuple(one.post_id for one in self.meant.values() if one.post_id)
        return Accusation(units=(self.unit,), posts=posts, facts=("F4",), tags=("broker",))


def _quietly(played: Played) -> list[UUID]:
    """A complaint written down by another clerk and taken through all that may happen to it."""
    with hall(played.ref):
        given = NewFile(person=WHO, accusation=played.accusation(), **WORDS)
        case = opening.register(given, by=played.writer)
        file = ConductFile.objects.get(case_id=case.id)
        by: dict[str, Any] = {"file_id": file.id, "by": played.supervisor}
        verifying.verify(version=1, note="", **by)
        verifying.note(version=2, kind="interview", text="x", **by)
        asked = identity.ask(field="phone", reason="contact_applicant", note="", **by)
        identity.decide(reveal_id=asked.id, approve=True, by=played.second)
        identity.show(reveal_id=asked.id, by=played.supervisor)
        verifying.find(version=3, result=Result.SUBSTANTIATED, text="x", **by)
        someone = played.meant[Role.WINDOW_CLERK].post_id
        measure = NewMeasure(MeasureKind.TALK, "x", post=someone)
        measures.decide(version=4, given=measure, **by)
        verifying.feed_back(version=5, method="sms", text="x", **by)
    return [case.id, file.id, asked.id]


def _by_triage(played: Played) -> list[UUID]:
    """A case that stood open for a while, with its reception, and was then sealed."""
    with hall(played.ref):
        reception = registration.receive(RECEPTION, by=played.writer)
        wanted = registration.NewCase(reception.id, "开过的一件", "x", "x", APPLICANT)
        case = registration.register(wanted, by=played.writer)
        finding = Finding(
            **{name: getattr(FINDING, name) for name in ("should_do", "can_do", "cause")},
            blocking_reason="F4",
            difficulty=FINDING.difficulty,
            seal=played.accusation(),
        )
        by = played.world.team.desk
        triage.triage(case_id=case.id, version=case.version, finding=finding, by=by)
        file = ConductFile.objects.get(case_id=case.id)
    return [case.id, file.id, reception.id]


def _played(
    above: HallRef, below: HallRef, chance: Chance, secret: Secret | None
) -> tuple[Played, list[UUID]]:
    """A morning, then (in one of the two) the secret, then an afternoon."""
    hidden: list[UUID] = []
    with clock.frozen(MORNING):
        played = Played(above, below)
    if secret is not None:
        with clock.frozen(NOON), chance.secretly():
            hidden = secret(played)
    with clock.frozen(NOON):
        played.world.team.triaged(title="下午的一件")
        for ref in (above, below):
            with hall(ref):
                rollups.fold(clock.today())
    return played, hidden


def _told(played: Played, hidden: list[UUID]) -> dict[str, Any]:
    """Everything that each of those meant can ask for, hear, or try."""
    told: dict[str, Any] = {}
    bodies = played.world.bodies()
    for role, person in played.meant.items():
        with clock.frozen(NOON):
            caller = caller_for(played.ref, person)
        for path in _paths(played, person, hidden):
            told[f"{role} GET {path}"] = _asked(caller, "GET", path, None)
        for address in _steps():
            for ident in _of_its_kind(address, hidden):
                body = bodies.get(address, {})
                path = address.removeprefix("POST ").replace("<id>", str(ident))
                told[f"{role} POST {path}"] = _asked(caller, "POST", path, body)
        told[f"{role} hears"] = _heard(played.ref, person)
    with hall(played.ref):
        told["chain"] = list(AuditEntry.objects.order_by("seq").values_list("seq", "at", "body"))
    return told


def _paths(played: Played, person: Actor, hidden: list[UUID]) -> Iterator[str]:
    """Every address that can be read, with what is known and with what is hidden; lists under
    their filters; every topic from its beginning."""
    known, queries = played.world.ids(), played.world.queries()
    for endpoint in sorted(offered()):
        method, address = endpoint.split(" ")
        if method != "GET" or address.startswith(NOT_ASKED):
            continue
        query = f"?{queries[endpoint]}" if endpoint in queries else ""
        own = known.get(address, known.get(address.split("/")[0]))
        idents = (own, *_of_its_kind(address, hidden)) if "<id>" in address else (own,)
        yield from (address.replace("<id>", str(ident)) + query for ident in idents)
    yield from LISTS
    own_topics = (f"conduct:{person.post_id}", f"post:{person.post_id}", f"dept:{played.unit}")
    for topic in (*TOPICS, *own_topics, *(f"case:{ident}" for ident in hidden)):
        yield f"events?topic={topic}&after=0"


def _steps() -> list[str]:
    steps = [one for one in sorted(offered()) if one.startswith("POST") and "<id>" in one]
    return [one for one in steps if not one.removeprefix("POST ").startswith(NOT_ASKED)]


def _of_its_kind(address: str, hidden: list[UUID]) -> list[UUID]:
    """Of what is hidden, that which the address would lead to: case, file, or what hangs on it."""
    case, file, further = hidden
    if "conduct/<id>" in address:
        return [file]
    return [case] if "cases/<id>" in address else [further]


def _asked(caller: Caller, method: str, path: str, body: Any) -> tuple[int, bytes, Any]:
    """Status, body and headers of one request, whose effects are taken back."""
    with transaction.atomic(), clock.frozen(NOON):
        answer = caller.get(path) if method == "GET" else caller.post(path, body, version=1)
        transaction.set_rollback(True)
    body = _ONCE.sub(b"", _unpacked(answer.content))
    return answer.status_code, body, sorted(answer.items())


def _unpacked(content: bytes) -> bytes:
    """A workbook as its parts: the archive and its properties tell when it was packed."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in sorted(book.namelist())}
    parts.pop("docProps/core.xml", None)
    return repr(parts).encode()


def _heard(ref: HallRef, person: Actor) -> dict[str, Any]:
    """What a socket of this person is told: the topics they may hear, with every hint."""
    with hall(ref):
        known = LiveTopic.objects.order_by("topic").values_list("topic", flat=True)
        return {
            topic: (log.heads([topic]), log.since(topic, 0))
            for topic in known
            if topics.may_hear(person, topic)
        }


_ONCE = re.compile(rb'"csrfToken":"[^"]*",?|"csrf[^"]*":"[^"]*",?')


def differing(there: dict[str, Any], not_there: dict[str, Any]) -> dict[str, Any]:
    """What tells the two halls apart."""
    keys = sorted(there.keys() | not_there.keys())
    return {
        key: (str(there.get(key))[:400], str(not_there.get(key))[:400])
        for key in keys
        if there.get(key) != not_there.get(key)
    }


def _both(above: HallRef, below: HallRef, secret: Secret) -> tuple[Told, Told, list[UUID]]:
    """What the hall with the secret tells, what the one without it tells, and what is hidden."""
    found: list[UUID] = []

    def with_it(chance: Chance) -> Told:
        played, hidden = _played(above, below, chance, secret)
        found.extend(hidden)
        return _told(played, hidden)

    def without(chance: Chance) -> Told:
        played, _ = _played(above, below, chance, None)
        return _told(played, found)

    return told_in(with_it), told_in(without), found


def test_a_file_that_was_never_open_is_not_there_for_those_it_is_about(
    district: HallRef, street: HallRef
) -> None:
    """C-13: lists, counts, numbers, headers, hints, steps, search, audit chain: to the byte."""
    there, not_there, hidden = _both(district, street, _quietly)

    assert len(hidden) == 3
    assert len(there) > 1_000
    assert differing(there, not_there) == {}


def test_a_case_that_was_open_for_an_hour_is_as_if_it_never_was(
    district: HallRef, street: HallRef
) -> None:
    """C-13: only the numbers of topics, which were given while it was open, stay as they were."""
    there, not_there, hidden = _both(district, street, _by_triage)

    assert len(hidden) == 3
    assert differing(_without_numbers(there), _without_numbers(not_there)) == {}
    heard = str({key: value for key, value in there.items() if key.endswith("hears")})
    assert not [ident for ident in hidden if str(ident) in heard]


def _without_numbers(told: Told) -> Told:
    """Without what only says how many hints a topic ever had."""
    return {
        key: (value[0], value[1], [one for one in value[2] if one[0] != "X-Event-Seq"])
        for key, value in told.items()
        if "events?topic=" not in key and not key.endswith("hears") and key != "chain"
    }
