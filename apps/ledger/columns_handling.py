"""Columns 28–43: who handles it, by when, and what it took."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from apps.cases.accountability.kept import Request
from apps.cases.reading.records import HISTORY, PROMISE
from apps.ledger.cells import Cell, code, several, together
from apps.ledger.column import column, own_words
from apps.ledger.entries import SITTINGS, WORK, Entry
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.kernel import clock

_Kept = Mapping[str, Any]


def _assisting(entry: Entry) -> Cell:
    return several([unit["name"] for unit in entry.record.case.assist_units])


def _limit(entry: Entry) -> Cell:
    promise = entry.record.promise
    category = promise.category if promise else entry.record.case.category
    return together(code("category", category), promise.basis if promise else "")


def _due_on(entry: Entry) -> Cell:
    promise = entry.record.promise
    return promise.due_on if promise and promise.ended != "paused" else None


def _extensions(entry: Entry) -> Cell:
    """The granted ones: days, who granted, the date then, why."""
    kept: list[_Kept] = entry.record.case.extensions
    granted = [one for one in kept if one["decision"] == "approve"]
    return several(
        [
            together(
                one["days"],
                one["decided_by"],
                _day(one["due_after"]),
                own_words(entry, one["reason"]),
            )
            for one in granted
        ]
    )


def _pauses(entry: Entry) -> Cell:
    """Why it stood still, and for how many working days."""
    return several([_pause(one, entry) for one in entry.record.case.pauses])


def _pause(kept: _Kept, entry: Entry) -> Cell:
    since = datetime.fromisoformat(kept["since"])
    ended = datetime.fromisoformat(kept["ended"]) if kept["ended"] else entry.around.now
    days = elapsed_working_days(since, ended, entry.around.time.calendar)
    return together(code("pause_reason", kept["reason"]), days)


def _returns(entry: Entry) -> Cell:
    """How often it came back, and how often it went to a unit again."""
    sent = len(entry.record.all_of("dispatch", "designate"))
    return together(entry.record.case.return_count, max(0, sent - 1))


def _referred(entry: Entry) -> Cell:
    """Where it went, how it stands there, when it was taken over."""
    out = entry.record.case.referral.get("out")
    if not out:
        return None
    taken = entry.record.last("referral_accepted")
    state = code("referral_state", out["state"])
    return together(out["hall"]["name"], state, taken.at if taken else None)


def _helpers(entry: Entry) -> Cell:
    """Who helped, and in how many steps."""
    plans = entry.of_kind("assist")
    return several([together(plan.post_name, len(_steps(plan.data))) for plan in plans])


def _steps(file: _Kept) -> list[Any]:
    return [*file.get("asked", {}).get("plan", ()), *file.get("added", ())]


def _forces(entry: Entry) -> Cell:
    """Task forces, joint meetings by number and day, what was resolved."""
    forces = [own_words(entry, piece.title) for piece in entry.of_kind("task_force")]
    sat = [together(one.number, one.on) for one in entry.sittings if one.state != "cancelled"]
    resolved = [own_words(entry, piece.title) for piece in entry.of_kind("resolution")]
    return several([*forces, *sat, *resolved])


def _upward(entry: Entry) -> Cell:
    """Questions put to leaders with their decisions, and what went to the government."""
    asked = [together(line.at.astimezone(clock.ZONE).date(), _to(line.data), _answer(line.data))
             for line in entry.record.all_of("report-up", "report-up-answer")]  # fmt: skip
    government = [
        together(piece.opened_at.astimezone(clock.ZONE).date(), _decided(piece.data))
        for piece in entry.of_kind("gov_escalation")
    ]
    return several([*asked, *government])


def _to(said: _Kept) -> str:
    """Who was asked, on a question's own line."""
    return str((said.get("to") or {}).get("name", "")) if _asks(said) else ""


def _asks(said: _Kept) -> bool:
    return said.get("kind") == Request.REPORT_UP


def _answer(said: _Kept) -> Cell:
    return code("decision", str(said.get("decision") or ""))


def _decided(file: _Kept) -> Cell:
    """To which government, and the number of its decision."""
    decided = file.get("decided") or {}
    return together(file.get("asked", {}).get("government", ""), decided.get("document", ""))


def _day(at: str | None) -> date | None:
    return clock.day_of(datetime.fromisoformat(at)) if at else None


COLUMNS = (
    column(28, "dispatched_at", "moment", "dispatch", 17, lambda e: e.record.case.dispatched_at),
    column(29, "lead_unit", "text", "dispatch", 16, lambda e: e.record.case.lead_unit_name or None),
    column(30, "assist_units", "several", "dispatch", 20, _assisting),
    column(31, "handler", "text", "dispatch", 10, lambda e: e.record.case.handler_name or None),
    column(32, "signed_at", "moment", "dispatch", 17, lambda e: e.record.case.signed_at),
    column(33, "contacted_at", "moment", "dispatch", 17, lambda e: e.record.case.contacted_at),
    column(34, "limit", "several", "handling", 24, _limit, PROMISE),
    column(35, "due_on", "day", "handling", 11, _due_on, PROMISE),
    column(36, "extensions", "several", "handling", 32, _extensions),
    column(37, "pauses", "several", "handling", 24, _pauses),
    column(38, "returns", "several", "handling", 10, _returns, HISTORY),
    column(39, "referred", "several", "handling", 28, _referred, HISTORY),
    column(40, "assistant", "several", "handling", 16, _helpers, WORK),
    column(41, "meetings", "several", "handling", 30, _forces, WORK, SITTINGS),
    column(
        42,
        "filing",
        "several",
        "handling",
        16,
        lambda e: several([piece.number for piece in e.of_kind("filing")]),
        WORK,
    ),
    column(43, "upward", "several", "handling", 28, _upward, HISTORY, WORK),
)
