"""Following a case by its number and six digits, without an account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.cases.accountability.kept import Request, open_requests
from apps.cases.accountability.remedy_dates import reexamination_until
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.rules import Stage, State
from apps.cases.timekeeping import standstill
from bancheng.kernel import clock, keyring
from bancheng.kernel.hall import here


def first_code(case_id: UUID) -> str:
    """The six digits given out at registration. Derived under the hall's key, so that they can
    be told again when a request is repeated, and lie nowhere."""
    derived = keyring.keys().blind_index(f"code|{case_id}")
    return f"{int.from_bytes(derived) % 1_000_000:06d}"


def code_index(number: str, code: str) -> bytes:
    """What is kept of a code: a keyed hash that fits this number alone."""
    return keyring.keys().blind_index(f"track|{number}|{code}")


SAID = "citizen_answered"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One station of the way as its citizen sees it."""

    key: str
    at: datetime | None
    unit: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """Asking the hall to examine its result again (C-60): until when, and what became of it.

    `state` is open, pending, over, or the last decision: uphold, change.
    """

    state: str
    until: date
    answer: str


@dataclass(frozen=True, slots=True)
class Held:
    """The clock stands still: for what coded reason, since when, until when at the latest."""

    reason: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Words:
    """Whether the person may write to the handler, whether the case waits for it, and when they
    last did."""

    open: bool
    awaited: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a citizen may know of the own case: no staff but the accountable one, no notes.

    `identity_seen` is how often somebody looked up who they are (C-57)."""

    number: str
    title: str
    state: str
    milestones: tuple[Milestone, ...]
    promised_on: date | None
    meeting_by: date | None
    responsible_name: str
    responsible_unit: str
    answer: str
    outcome: str
    refusal: dict[str, Any] | None
    appeal: Appeal | None
    paused: Held | None
    first_promised_on: date | None
    extension_note: str
    identity_seen: int
    words: Words


def hears(case: Case) -> bool:
    """A message reaches somebody until the case is closed; a sealed file has ways of its own."""
    return case.state != State.CLOSED and not case.sealed


def find(number: str, code: str) -> UUID | None:
    """The case of number and code. One look-up, whether the number or the code is wrong."""
    rows = Case.every.filter(number=number, code_index=code_index(number, code))
    return rows.values_list("id", flat=True).first()


def tracked(case_id: UUID) -> Tracked | None:
    """A case as its citizen sees it."""
    case = Case.every.filter(id=case_id).first()
    if case is None:
        return None
    delivered = case.delivered_at is not None
    return Tracked(
        number=case.number,
        title=case.title,
        state=case.state,
        milestones=_milestones(case),
        promised_on=_promised_on(case),
        meeting_by=_meeting_by(case),
        responsible_name=case.first_responder_name,
        responsible_unit=here().desk_name,
        answer=case.answer if delivered else "",
        outcome=_outcome(case) if delivered else "",
        refusal=case.refusal if delivered else None,
        appeal=_appeal(case) if delivered and not case.sealed else None,
        paused=_held(case),
        first_promised_on=_first_promised_on(case),
        extension_note=_extension_note(case),
        identity_seen=CaseEvent.every.filter(case=case, kind="reveal").count(),
        words=_words(case),
    )


def _words(case: Case) -> Words:
    if not hears(case):
        return Words(open=False, awaited=False, last_at=None)
    held = standstill.paused(case)
    rows = CaseEvent.objects.filter(case=case, kind=SAID).order_by("-seq")
    awaited = held is not None and held.reason in standstill.FOR_THE_APPLICANT
    return Words(open=True, awaited=awaited, last_at=rows.values_list("at", flat=True).first())


def _outcome(case: Case) -> str:
    if case.outcome:
        return case.outcome
    return "explained" if case.refusal else str((case.reply or {}).get("outcome", ""))


def _appeal(case: Case) -> Appeal | None:
    """The way to a re-examination, once there is a result."""
    if case.delivered_at is None:
        return None
    until = reexamination_until(case.delivered_at)
    if open_requests(case.asked, Request.APPEAL):
        return Appeal("pending", until, "")
    rows = CaseEvent.objects.filter(case=case, kind="appeal-answer", at__gte=case.delivered_at)
    last = rows.order_by("-seq").first()
    if last is not None:
        return Appeal(last.data["decision"], until, last.note)
    return Appeal("open" if clock.today() <= until else "over", until, "")


def _held(case: Case) -> Held | None:
    """Visible to the citizen with its reason (行政许可法 45)."""
    pause = standstill.paused(case)
    if pause is None:
        return None
    return Held(pause.reason, clock.day_of(pause.since), clock.day_of(pause.until))


def _meeting_by(case: Case) -> date | None:
    """The day until which a joint meeting about the matter is to be held (C-15)."""
    if case.sealed:
        return None
    rows = Deadline.objects.filter(case=case, stage=Stage.MEETING, ended="").order_by("due_on")
    return rows.values_list("due_on", flat=True).first()


def _first_promised_on(case: Case) -> date | None:
    """The day promised first, where the promise has moved since."""
    rows = Deadline.every.filter(case=case, stage=Stage.RESOLVE).order_by("-id")
    first = rows.values_list("first_due_at", flat=True).first()
    return clock.day_of(first) if first else None


def _extension_note(case: Case) -> str:
    """Why it takes longer, as it was told (§2.5)."""
    granted = [one for one in standstill.extensions_of(case) if one.decision == "approve"]
    return granted[-1].note or granted[-1].reason if granted else ""


def _promised_on(case: Case) -> date | None:
    """The day promised for the result; a hand-over does not move it, while the clock stands still
    there is none. For a sealed case: that of its verification."""
    if standstill.paused(case) is not None:
        return None
    stage = Stage.CONDUCT_VERIFY if case.sealed else Stage.RESOLVE
    rows = Deadline.every.filter(case=case, stage=stage).order_by("-id")
    return rows.values_list("due_on", flat=True).first()


def _milestones(case: Case) -> tuple[Milestone, ...]:
    """The stations this case came through and those ahead; what it went round is left out. Of a
    sealed case only its own page tells, and no unit."""
    desk = here().desk_name
    if case.sealed:
        return _sealed(case)
    handling = _referred(case) if "out" in case.referral else _handled(case)
    stations = (
        Milestone("registered", case.registered_at, desk),
        Milestone("triaged", case.triaged_at, desk),
        *handling,
        Milestone("delivered", case.delivered_at, desk),
        Milestone("called_back", case.called_back_at, desk),
        Milestone("closed", case.closed_at if case.state == State.CLOSED else None, desk),
    )
    reached = max(at for at, one in enumerate(stations) if one.at)
    return tuple(one for at, one in enumerate(stations) if one.at or at > reached)


def _sealed(case: Case) -> tuple[Milestone, ...]:
    """GB/T 36113-2018: accepted, investigated, answered, archived."""
    desk = here().desk_name
    return (
        Milestone("registered", case.registered_at, desk),
        Milestone("in_progress", case.contacted_at, ""),
        Milestone("delivered", case.delivered_at, desk),
        Milestone("closed", case.called_back_at, desk),
    )


def _handled(case: Case) -> list[Milestone]:
    unit = case.lead_unit_name or case.handler_unit_name
    return [
        Milestone("dispatched", case.dispatched_at, unit),
        Milestone("in_progress", case.contacted_at or case.signed_at, unit),
        Milestone("replied", case.replied_at, unit),
    ]


def _referred(case: Case) -> list[Milestone]:
    """Both halls by name, and when each did its part."""
    hall = str(case.referral["out"]["hall"]["name"])
    moments: dict[str, datetime] = {}
    kinds = ("referrals", "referral_accepted", "referral_progress", "referral_answered")
    rows = CaseEvent.every.filter(case=case, kind__in=kinds).order_by("seq")
    for kind, at in rows.values_list("kind", "at"):
        moments[kind] = at
    return [
        Milestone("referred", moments.get("referrals"), hall),
        Milestone("referral_accepted", moments.get("referral_accepted"), hall),
        Milestone("in_progress", moments.get("referral_progress"), hall),
        Milestone("referral_answered", moments.get("referral_answered"), hall),
    ]
