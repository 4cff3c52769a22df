"""The steps that do not move a case, done by the services that do them for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from apps.cases.intake.details import Material
from apps.cases.services import (
    assisting,
    extending,
    linking,
    noticing,
    pausing,
    reporting_up,
)
from apps.cases.services.assisting import AssistReply
from apps.cases.services.pausing import NewPause
from apps.oversight.rules import OrderReason
from apps.oversight.services import orders, urging
from apps.oversight.services.orders import Wish
from apps.work import queries as work
from apps.work.api.forms import body_of
from apps.work.files import read
from apps.work.meeting_file import Proposed
from apps.work.services import meetings, opening, stepping
from bancheng.config.demo import beside
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.reading import Raw
from bancheng.config.demo.where import Where
from bancheng.kernel import clock
from bancheng.kernel.actor import Role

T = TypeVar("T")


@dataclass(slots=True)
class Threads:
    """What the steps beside one script have begun: pieces of work by kind and unit, the meeting,
    the order, each at the version it is at, and the case of the sealed file."""

    work: dict[tuple[str, UUID | None], UUID] = field(default_factory=dict)
    meeting: tuple[UUID, int] | None = None
    order: tuple[UUID, int] | None = None
    file: UUID | None = None
    cases: Mapping[int, UUID] = field(default_factory=dict)


def act(step: beside.Beside, at: Where, opened: OpenHall, threads: Threads) -> None:
    """Take one step beside a case."""
    match step:
        case beside.Work():
            begun = opening.begin(
                case_id=at.case_id, kind=step.kind, given=_form(step, at, opened), by=at.by
            )
            for item in begun.items:
                threads.work[step.kind, item.unit] = threads.work[step.kind, None] = item.id
        case beside.WorkStep():
            unit = opened.departments[step.asked] if step.asked else None
            stepping.step(
                item_id=threads.work[step.of, unit],
                version=None,
                code=step.step,
                given=_form(step, at, opened),
                by=at.by,
            )
        case beside.Meeting() | beside.MeetingStep():
            _meet(step, at, opened, threads)
        case (
            beside.Supervise()
            | beside.Rectify()
            | beside.OrderAnswer()
            | beside.OrderDecision()
            | beside.Urge()
        ):
            _oversee(step, at, opened, threads)
        case _:
            _in_case(step, at, opened, threads)


def _meet(
    step: beside.Meeting | beside.MeetingStep, at: Where, opened: OpenHall, threads: Threads
) -> None:
    given = _form(step, at, opened)
    if isinstance(step, beside.Meeting):
        meeting = meetings.propose(wanted=given(Proposed), by=at.by)
    else:
        assert threads.meeting is not None
        ident, version = threads.meeting
        meeting = meetings.step(
            meeting_id=ident, version=version, code=step.step, given=given, by=at.by
        )
    threads.meeting = meeting.id, meeting.version
    for item in work.of_case(at.case_id, at.by) if meeting.state == "issued" else ():
        if item["kind"] == "resolution":
            threads.work["resolution", item["unit"]["id"]] = item["id"]


def _oversee(step: beside.Beside, at: Where, opened: OpenHall, threads: Threads) -> None:
    case, version, by = at.case_id, at.version, at.by
    match step:
        case beside.Urge():
            urging.urge(case_id=case, version=version, text=step.text, by=by)
        case beside.Supervise():
            wish = Wish(OrderReason(step.reason_code), step.text, step.wanted)
            orders.supervise(case_id=case, version=version, wish=wish, by=by)
        case beside.Rectify():
            wish = Wish(OrderReason(step.reason_code), step.text, step.wanted)
            made = orders.rectify(
                unit=opened.departments[step.whom], case_id=case, wish=wish, by=by
            )
            threads.order = made.id, made.version
        case beside.OrderAnswer() | beside.OrderDecision():
            threads.order = _order(step, at, threads)


def _order(
    step: beside.OrderAnswer | beside.OrderDecision, at: Where, threads: Threads
) -> tuple[UUID, int]:
    assert threads.order is not None
    ident, version = threads.order
    if isinstance(step, beside.OrderAnswer):
        order = orders.answer(
            order_id=ident, version=version, text=step.text, proof=step.proof, by=at.by
        )
    else:
        order = orders.decide(
            order_id=ident,
            version=version,
            decision=step.decision,
            note=step.note,
            days=None,
            by=at.by,
        )
    return order.id, order.version


def _in_case(step: beside.Beside, at: Where, opened: OpenHall, threads: Threads) -> None:
    case, version, by = at.case_id, at.version, at.by
    match step:
        case beside.Pause():
            given = NewPause(step.reason, step.told, step.note)
            pausing.pause(case_id=case, version=version, given=given, by=by)
        case beside.Resume():
            pausing.resume(case_id=case, version=version, note=step.note, by=by)
        case beside.Extension():
            extending.ask(case_id=case, version=version, days=step.days, reason=step.reason, by=by)
        case beside.ExtensionDecision():
            extending.decide(
                case_id=case, version=version, decision=step.decision, note=step.note, by=by
            )
        case beside.AssistSign():
            assisting.sign(case_id=case, version=version, by=by)
        case beside.AssistReply():
            answer = AssistReply(step.text, step.result)
            assisting.reply(case_id=case, version=version, given=answer, by=by)
        case _:
            _beside_desk(step, at, opened, threads)


def _beside_desk(step: beside.Beside, at: Where, opened: OpenHall, threads: Threads) -> None:
    case, version, by = at.case_id, at.version, at.by
    match step:
        case beside.OneTimeNotice():
            noticing.tell_missing(
                case_id=case,
                version=version,
                materials=[
                    Material(*(part.strip() for part in one.split("|"))) for one in step.materials
                ],
                told=step.told,
                reason="",
                by=by,
            )
        case beside.ReportUp():
            asked = opened.holder(step.asked).post_id
            assert asked is not None
            reporting_up.report_up(
                case_id=case,
                version=version,
                to_post=asked,
                question=step.question,
                wanted_by=None,
                by=by,
            )
        case beside.ReportUpAnswer():
            reporting_up.answer(
                case_id=case,
                version=version,
                request=None,
                decision=step.decision,
                note=step.note,
                by=by,
            )
        case beside.Link():
            other = threads.cases[step.to]
            linking.link(
                case_id=case, version=version, other=other, kind=step.kind, note=step.note, by=by
            )


class _Form:
    """Makes what a script gives into what a form asks for, checked as a request's body is."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def __call__(self, wanted: type[T], /) -> T:
        found = body_of(wanted)(data=self._data)
        found.is_valid(raise_exception=True)
        return read(wanted, found.validated_data)


def _form(step: beside.Free, at: Where, opened: OpenHall) -> _Form:
    data = meant(dict(step.give), at, opened)
    if isinstance(step, beside.Meeting):
        data.setdefault("cases", [str(at.case_id)])
    return _Form(data)


def meant(raw: Raw, at: Where, opened: OpenHall) -> Any:
    """The content with ids and dates in place of what stands for them."""
    if isinstance(raw, Mapping):
        return {key: meant(inner, at, opened) for key, inner in raw.items()}
    if isinstance(raw, list):
        return [meant(inner, at, opened) for inner in raw]
    word, _, rest = raw.partition(":")
    match word:
        case "unit" if rest:
            return str(opened.departments[rest])
        case "post" if rest:
            role, _, unit = rest.partition(":")
            return str(opened.holder(Role(role), unit or None).post_id)
        case "in" if rest.isdigit():
            return _day(int(rest)).isoformat()
    return {
        "today": _day(0).isoformat(),
        "now": clock.now().isoformat(),
        "case": str(at.case_id),
    }.get(raw, raw)


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)
