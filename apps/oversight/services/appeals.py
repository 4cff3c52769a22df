"""A card can be appealed by its owner, and lifted by somebody else (§3.6)."""

from uuid import UUID

from django.db import transaction

from apps.cases.timekeeping import watching
from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.oversight import permissions
from apps.oversight.details import Said
from apps.oversight.errors import (
    AppealTooLate,
    NotAppealable,
    NotAppealed,
    NotYourDecision,
)
from apps.oversight.models import Card
from apps.oversight.rules import CardState, Level
from apps.oversight.services import telling
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.city.parameters import queries as parameters
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@transaction.atomic
def appeal(*, card_id: UUID, version: int, reason: str, by: Actor) -> Card:
    """Say why a card should not count. Within the days allowed from the day it was found.

    Raises NotFound, Stale, Forbidden, NotAppealable, AppealTooLate.
    """
    card = _locked(card_id, version, by)
    permissions.require_appeal(by, card)
    if not card.blames or card.state != CardState.LIT:
        raise NotAppealable(state=card.state, level=Level(card.level).word)
    days = parameters.number("oversight.appeal_days")
    used = elapsed_working_days(card.found_at, clock.now(), calendar.timekeeping().calendar)
    if used > days:
        raise AppealTooLate(days=days)
    card.state = CardState.APPEALED
    card.appeal = Said(by.post_id, by.name, clock.now(), reason).as_json()
    params = {"card": str(card.id), "by": by.name, "stage": card.stage}
    note = Note("oversight.appealed", "card", card.id, card.number, params)
    notices.tell(note, to=To(roles=sorted(permissions.DECIDERS)), by=by)
    return _saved(card, "oversight.appealed", by)


@transaction.atomic
def decide(*, card_id: UUID, version: int, decision: str, note: str, by: Actor) -> Card:
    """Lift a card or let it stand. Neither who appealed decides, nor whose card it is.

    Raises NotFound, Stale, Forbidden, NotAppealed, NotYourDecision.
    """
    card = _locked(card_id, version, by)
    permissions.require(by, "cards.decide")
    if card.state != CardState.APPEALED or card.appeal is None:
        raise NotAppealed(state=card.state)
    if str(by.post_id) in (card.appeal["id"], str(card.owner_post)):
        raise NotYourDecision
    lifted = decision == "lift"
    card.state = CardState.LIFTED if lifted else CardState.UPHELD
    card.decision = Said(by.post_id, by.name, clock.now(), note, decision).as_json()
    if lifted and card.level != Level.BLACK:
        watching.lift(card.deadline)
        rollups.mark_dirty(card.due_on)
    params = {"card": str(card.id), "decision": decision, "stage": card.stage}
    told = Note("oversight.decided", "card", card.id, card.number, params)
    to = To(posts=[UUID(card.appeal["id"]), card.owner_post])
    notices.tell(told, to=to, by=by)
    return _saved(card, "oversight.decided", by)


def _locked(card_id: UUID, version: int, by: Actor) -> Card:
    rows = permissions.cards_of(by).select_for_update().filter(id=card_id)
    card = rows.order_by("id").first()
    if card is None:
        raise NotFound
    if card.version != version:
        raise Stale(current=card.version)
    return card


def _saved(card: Card, kind: str, by: Actor) -> Card:
    card.version += 1
    card.save(force_update=True)
    detail = {"state": card.state, "case": str(card.case)}
    audit.record(kind, subject="card", subject_id=card.id, by=by, detail=detail)
    heard = telling.topics([card.case], [card.owner_unit])
    live.publish(heard, live.Change("cards.changed", card.id, card.version))
    return card
