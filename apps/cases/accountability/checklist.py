"""What has to be there before a case is closed, item by item (domain.md §2.7).

Its item 7, the finding about conduct, is asked for where such a file ends: it is sealed and no case
of this list (apps/conduct).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.cases.accountability import hooks, limits
from apps.cases.models import Case, CaseEvent
from apps.cases.rules import Outcome, State, Step
from bancheng.kernel import clock

_NOON = 12
_TRIES = {Step.CONTACT.verb: "no_answer", Step.CALLBACK.verb: "unreachable"}
DONE, MISSING, NOT_NEEDED = "done", "missing", "not_needed"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: done, missing or not needed; `why` is a code for the front end."""

    item: str
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """The end as it is planned."""

    case: Case
    outcome: str
    file: Mapping[str, Any]

    @property
    def on_spot(self) -> bool:
        return self.case.state == State.TRIAGED


def items(case: Case, outcome: str, file: Mapping[str, Any]) -> list[Item]:
    """The checklist for ending a case this way, with what is said now and was kept before; as far
    as this hall asks for it."""
    end = _End(case, outcome, file)
    asked = limits.closing_items()
    return [check(end) for name, check in _CHECKS.items() if name in asked]


def missing(found: Iterable[Item]) -> list[str]:
    """The names of what is not there yet."""
    return [one.item for one in found if one.state == MISSING]


def planned_outcome(case: Case) -> str:
    """The outcome that the way of the case suggests."""
    if case.outcome:
        return case.outcome
    return Outcome.EXPLAINED.value if case.refusal else str((case.reply or {}).get("outcome", ""))


def _item(name: str, there: bool, why: str = "") -> Item:
    return Item(name, DONE if there else MISSING, why)


def _outcome(end: _End) -> Item:
    return _item("outcome", bool(end.outcome))


def _delivered(end: _End) -> Item:
    return _item("delivered", end.case.delivered_at is not None)


def _proof(end: _End) -> Item:
    """Of something done: the number of the paper, the receipt."""
    if end.outcome not in (Outcome.DONE, Outcome.DONE_ALT):
        return Item("proof", NOT_NEEDED, "nothing_issued")
    return _item("proof", bool(end.file.get("proof")))


def _tools(end: _End) -> Item:
    """Of something done by another way: which way (C-78)."""
    if end.outcome != Outcome.DONE_ALT:
        return Item("tools", NOT_NEEDED, "ordinary_way")
    return _item("tools", bool(end.file.get("tools")))


def _explained(end: _End) -> Item:
    """Of a refusal: basis, the second person's approval, the remedy notice given."""
    if end.outcome != Outcome.EXPLAINED:
        return Item("explained", NOT_NEEDED, "no_refusal")
    refusal = end.case.refusal or {}
    approved = refusal.get("decision") == "approve"
    return _item("explained", bool(refusal.get("legal_basis") and approved))


def _received(end: _End) -> Item:
    """Of what goes elsewhere: the receiving unit has confirmed."""
    if end.outcome not in (Outcome.PARTLY, Outcome.TRANSFERRED_CLOSED):
        return Item("received", NOT_NEEDED, "nothing_passed_on")
    if end.case.referral.get("out", {}).get("state") in ("accepted", "answered", "closed"):
        return Item("received", DONE, "letter_accepted")
    return _item("received", bool(end.file.get("received")))


def _callback(end: _End) -> Item:
    """Somebody other than the handler asked, or tried at several times."""
    if end.on_spot:
        return Item("callback", NOT_NEEDED, "on_spot")
    if end.case.solved_confirmed is not None and end.outcome != Outcome.UNREACHABLE:
        return Item("callback", DONE, "asked")
    tries, wanted = attempts(end.case), limits.contact_attempts()
    return _item("callback", tries >= wanted, f"attempts_{min(tries, 9)}")


def _knowledge(end: _End) -> Item:
    """Whether it goes into the knowledge base, into a known problem, or nowhere."""
    return _item("knowledge", bool(end.file.get("knowledge")))


def _work(end: _End) -> Item:
    """Pieces of work that have to end first: promises, plans, task forces, resolutions."""
    return _item("work", not hooks.blockers(end.case.id))


_CHECKS: dict[str, Callable[[_End], Item]] = {
    "outcome": _outcome,
    "delivered": _delivered,
    "proof": _proof,
    "tools": _tools,
    "explained": _explained,
    "received": _received,
    "callback": _callback,
    "knowledge": _knowledge,
    "work": _work,
}


def attempts(case: Case) -> int:
    """Half days on which nobody could be reached since the case began (again)."""
    rows = CaseEvent.objects.filter(case=case, kind__in=[*_TRIES, Step.REOPEN.verb]).order_by("seq")
    found: set[tuple[object, bool]] = set()
    for kind, at, data in rows.values_list("kind", "at", "data"):
        if kind == Step.REOPEN.verb:
            found.clear()
        elif data.get("result") == _TRIES[kind]:
            found.add(half_day(at))
    return len(found)


def half_day(at: datetime) -> tuple[object, bool]:
    """The day of a moment, and whether it is its second half."""
    local = at.astimezone(clock.ZONE)
    return local.date(), local.hour >= _NOON
