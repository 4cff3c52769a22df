"""Every address × every role, asked over HTTP (security.md §6 row 3).

A URL that is missing from the table fails, like an untested URL does in Zulip's suite.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tests.contracts.routes import offered
from tests.contracts.table import ANYBODY, DISPLAY, MAY, NOBODY, ROLES
from tests.contracts.world import World
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

REFUSALS = {"unauthenticated", "forbidden", "not_found"}
UNKNOWN = UUID("019b0000-0000-7000-8000-00000000dead")
SHARED = ("city/", "setup/items/")
"""What belongs to the network and not to one of its halls."""


def undone(ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """The answer of a request whose effects are taken back."""
    with transaction.atomic():
        answer = ask(*given, **named)
        transaction.set_rollback(True)
    return answer


def refused(answer: Any) -> bool:
    """True when the asker was turned away as such; another refusal came after that question."""
    assert answer.status_code < 500, answer.content
    if answer.status_code < 400:
        return False
    return json.loads(answer.content)["code"] in REFUSALS


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert sorted(offered() ^ set(MAY)) == []


def test_every_row_names_known_roles_only() -> None:
    assert frozenset().union(*MAY.values()) <= ANYBODY
    assert {role.value for role in Role} == ROLES


@pytest.mark.django_db
def test_each_role_may_what_its_rows_say_and_nothing_else(
    district: HallRef, street: HallRef
) -> None:
    world = World(district, street)
    callers = world.callers()

    wrong = []
    for endpoint, allowed in MAY.items():
        for who, caller in callers.items():
            answer = undone(world.ask, caller, endpoint)
            if refused(answer) == (who in allowed):
                wrong.append((endpoint, who, answer.status_code, answer.content[:120]))

    assert wrong == []


@pytest.mark.django_db
def test_nobody_is_asked_to_sign_in_and_a_display_is_sent_away(
    district: HallRef, street: HallRef
) -> None:
    world = World(district, street)
    callers = world.callers()

    for endpoint, allowed in MAY.items():
        for who, status in ((NOBODY, 401), (DISPLAY, 403)):
            if who not in allowed:
                answer = undone(world.ask, callers[who], endpoint)
                assert (endpoint, answer.status_code) == (endpoint, status)


@pytest.mark.django_db
def test_what_belongs_to_another_hall_is_unknown_to_the_byte(
    district: HallRef, street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    """The answer to another hall's id is the answer to an id that nobody has."""
    world = World(district, street)
    elsewhere = {ref.slug: _everything(ref) for ref in (other_street, stranger)}

    differing = []
    for endpoint in sorted(offered()):
        if "<id>" not in endpoint or endpoint.split()[1].startswith(SHARED):
            continue
        for slug, caller in elsewhere.items():
            foreign = undone(world.ask, caller, endpoint)
            unknown = undone(world.ask, caller, endpoint, UNKNOWN)
            same = (foreign.status_code, foreign.content) == (404, unknown.content)
            if not same or _told(foreign) != _told(unknown):
                differing.append((endpoint, slug, foreign.status_code, foreign.content[:120]))

    assert differing == []


@pytest.mark.django_db
def test_halls_that_are_not_below_are_unknown_to_the_byte(
    district: HallRef, street: HallRef, city: HallRef, stranger: HallRef
) -> None:
    world = World(district, street)
    analyst = caller_for(district, staff_in(district, Role.ANALYST))

    answers = [
        world.ask(analyst, "GET city/halls/<id>", ident)
        for ident in (UNKNOWN, city.id, stranger.id)
    ]
    facts = [
        analyst.get(f"city/facts?from=2026-11-01&to=2026-11-20&hall={ident}")
        for ident in (UNKNOWN, city.id, stranger.id)
    ]
    below = world.ask(analyst, "GET city/halls/<id>", street.id)

    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}
    assert {(each.status_code, each.content) for each in facts} == {(404, facts[0].content)}
    assert below.status_code == 200


@pytest.mark.django_db
def test_another_halls_id_inside_a_body_is_unknown_too(
    district: HallRef, street: HallRef, other_street: HallRef
) -> None:
    """Zammad CVE-2026-34722: what a body names is authorised like what the address names."""
    world, here = World(district, street), World(other_street, street)
    admin = _everything(other_street)
    person = here.new_case()
    reception = {"matter": "x", "applicant_kind": "person", "outcome": "consult_only"}
    requests: list[tuple[str, Callable[[UUID], dict[str, Any]], UUID]] = [
        ("tickets", lambda ident: {"queue": ident}, world.queue),
        ("receptions", lambda ident: reception | {"ticket": ident}, world.ticket),
        ("cases", lambda ident: person | {"reception": ident}, world.reception),
        (
            f"cases/{here.case.id}/referrals",
            lambda ident: {"reason": "x", "purpose": "x", "to_hall": ident},
            street.id,
        ),
    ]

    for path, body_of, foreign_id in requests:
        foreign, unknown = (
            undone(admin.post, path, body_of(ident), version=here.case.version)
            for ident in (foreign_id, UNKNOWN)
        )
        assert 400 <= foreign.status_code < 500, path
        assert (path, foreign.status_code, foreign.content) == (
            path,
            unknown.status_code,
            unknown.content,
        )


def _everything(ref: HallRef) -> Caller:
    """Somebody who holds every post there is."""
    return caller_for(ref, staff_in(ref, *Role))


def _told(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "X-Event-Seq"}
