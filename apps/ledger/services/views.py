"""Saving a way to look at the ledger, for oneself or for the team."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.ledger import columns as ledger
from apps.ledger import filters, limits, permissions
from apps.ledger.errors import TooManyViews
from apps.ledger.models import View
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@dataclass(frozen=True, slots=True)
class Look:
    """What is saved: a name, whether the team sees it, what the address held."""

    name: str
    team: bool
    filters: Mapping[str, str]
    columns: Sequence[str]
    sort: str = ""


@transaction.atomic
def save(*, look: Look, by: Actor) -> View:
    """Keep a new view. Raises Forbidden, Invalid, TooManyViews."""
    permissions.require(by, "ledger.read")
    if by.post_id is None:
        raise Invalid(errors={"owner": ["no_post"]})
    if View.objects.filter(owner=by.post_id).count() >= limits.views_most():
        raise TooManyViews(most=limits.views_most())
    view = View(owner=by.post_id, owner_name=by.name)
    _put_down(view, look, by)
    with _once():
        view.save(force_insert=True)
    _record("ledger.view_saved", view, by)
    return view


@transaction.atomic
def change(*, view_id: UUID, version: int, look: Look, by: Actor) -> View:
    """Rename a view, or let it hold what is looked at now. Raises NotFound, Stale, Forbidden,
    Invalid."""
    view = _taken(view_id, by)
    if view.version != version:
        raise Stale(current=view.version)
    permissions.require_change(by, view)
    _put_down(view, look, by)
    view.version, view.saved_at = view.version + 1, clock.now()
    with _once():
        view.save(force_update=True)
    _record("ledger.view_changed", view, by)
    return view


@transaction.atomic
def remove(*, view_id: UUID, by: Actor) -> None:
    """Forget a view. Raises NotFound, Forbidden."""
    view = _taken(view_id, by)
    permissions.require_change(by, view)
    _record("ledger.view_removed", view, by)
    view.delete()


def _taken(view_id: UUID, by: Actor) -> View:
    permissions.require(by, "ledger.read")
    rows = permissions.views_of(by).select_for_update().filter(id=view_id)
    view = rows.order_by("id").first()
    if view is None:
        raise NotFound
    return view


def _put_down(view: View, look: Look, by: Actor) -> None:
    """Only filters, columns and sorts there are; a team's view by who may make one."""
    if look.team:
        permissions.require(by, "ledger.team_views")
    name = look.name.strip()
    same = View.objects.filter(owner=view.owner, name=name).exclude(id=view.id)
    if not name or same.exists():
        raise Invalid(errors={"name": ["taken" if name else "required"]})
    view.name, view.team = name, look.team
    view.filters = filters.kept(look.filters)
    view.columns = [column.key for column in ledger.chosen(look.columns)]
    view.sort = filters.order(look.sort).name if look.sort else ""


def _once() -> AbstractContextManager[None]:
    """The same person may give the same name in another page."""
    return taken("ledger_view_once", Invalid(errors={"name": ["taken"]}))


def _record(action: str, view: View, by: Actor) -> None:
    detail: dict[str, Any] = {"team": view.team, "version": view.version}
    audit.record(action, subject="ledger_view", subject_id=view.id, by=by, detail=detail)
    if view.team:
        live.publish(["desk"], live.Change(action, view.id, view.version))
