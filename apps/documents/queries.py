"""Reading papers: of a case, an order, a meeting, a reception; what could be issued now."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.cases import permissions as cases
from apps.cases.timekeeping import watching
from apps.documents import permissions, templates
from apps.documents.composing import number_of
from apps.documents.models import Paper
from apps.documents.rules import Paper as Code
from apps.documents.rules import Subject
from apps.oversight import queries as oversight
from apps.oversight.queries import Wanted
from apps.work import meeting_queries
from apps.work import queries as work
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

Offer = dict[str, Any]


def of_subject(subject: Subject, subject_id: UUID, by: Actor) -> dict[str, Any]:
    """The papers about something the actor sees, the newest first, and those that could be issued
    now. Raises Forbidden, NotFound."""
    permissions.require(by, "papers.read")
    offers = _OFFERS[subject](subject_id, by)
    rows = permissions.visible_to(by)
    if subject is Subject.CASE:
        rows = rows.filter(case_id=subject_id)
    else:
        rows = rows.filter(subject=subject, subject_id=subject_id)
    found = permissions.whole(rows.order_by("-issued_at", "-id"), by)
    mine = [offer for offer in offers if permissions.may_issue(by, Code(offer["kind"]))]
    return {"results": bodies(found, by), "offers": mine}


def one(paper_id: UUID, by: Actor) -> dict[str, Any]:
    """One paper; raises Forbidden, NotFound."""
    permissions.require(by, "papers.read")
    rows = permissions.visible_to(by).filter(id=paper_id)
    found = permissions.whole(rows, by)
    if not found:
        raise NotFound
    return bodies(found, by)[0]


def bodies(papers: Iterable[Paper], by: Actor) -> list[dict[str, Any]]:
    """Papers in the shape of the API: nothing of what they say but their title."""
    return [_body(paper, by) for paper in papers]


def _body(paper: Paper, by: Actor) -> dict[str, Any]:
    readable = not paper.personal or permissions.sees_persons(by)
    may = ["print"] if readable else []
    if paper.void is None and permissions.may(by, "papers.void"):
        may.append("void")
    return {
        "id": paper.id,
        "version": paper.version,
        "kind": paper.kind,
        "subject": paper.subject,
        "subject_id": paper.subject_id,
        "case": paper.case_id,
        "number": number_of(paper.code_word, paper.year, paper.number),
        "title": paper.title,
        "personal": paper.personal,
        "template": paper.template,
        "missing": list(paper.missing),
        "issued_at": paper.issued_at,
        "issuer": {"id": paper.issued_by, "name": paper.issuer_name},
        "prints": paper.prints,
        "void": paper.void,
        "may": may,
    }


def _of_case(case_id: UUID, by: Actor) -> list[Offer]:
    case = cases.visible_to(by).filter(id=case_id).first()
    if case is None:
        raise NotFound
    refusal = case.refusal or {}
    ready = {
        Code.REGISTRATION: True,
        Code.DISPATCH: case.lead_unit is not None and case.dispatched_at is not None,
        Code.ONE_TIME_NOTICE: bool(case.material_notices),
        Code.REFUSAL_REPORT: bool(refusal),
        Code.EXPLANATION: refusal.get("decision") == "approve",
        Code.URGE: watching.last_of_kind(case_id, "oversight.urge") is not None,
    }
    found = [_offer(code, case_id) for code, is_so in ready.items() if is_so]
    return found + _of_promises(case_id, by) + _of_orders(case_id, by)


def _of_promises(case_id: UUID, by: Actor) -> list[Offer]:
    papers = (Code.DEFERRED_PROMISE, Code.DEFERRED_NOTICE)
    if not any(permissions.may_issue(by, paper) for paper in papers):
        return []
    items = [item for item in work.of_case(case_id, by) if item["kind"] == "deferred"]
    running = [item for item in items if item["state"] == "promised"]
    return [_offer(paper, item["id"], item["title"]) for item in running for paper in papers]


def _of_orders(case_id: UUID, by: Actor) -> list[Offer]:
    if not permissions.may_issue(by, Code.SUPERVISION):
        return []
    rows = oversight.orders(Wanted(), by).filter(case=case_id).order_by("-issued_at", "-id")
    return [_offer(Code.SUPERVISION, row.id, row.unit_name) for row in rows]


def _of_order(order_id: UUID, by: Actor) -> list[Offer]:
    return [_offer(Code.SUPERVISION, oversight.order(order_id, by)["id"])]


def _of_meeting(meeting_id: UUID, by: Actor) -> list[Offer]:
    found = meeting_queries.one(meeting_id, by)
    return [_offer(Code.MINUTES, meeting_id)] if found["state"] == "issued" else []


def _of_reception(reception_id: UUID, by: Actor) -> list[Offer]:
    found = cases.receptions_seen(by).filter(id=reception_id).first()
    if found is None:
        raise NotFound
    return [_offer(Code.GUIDANCE, reception_id)] if found.slip else []


def _of_work(item_id: UUID, by: Actor) -> list[Offer]:
    item = work.one(item_id, by)
    if item["kind"] != "deferred" or item["state"] != "promised":
        return []
    return [_offer(paper, item_id) for paper in (Code.DEFERRED_PROMISE, Code.DEFERRED_NOTICE)]


def _offer(paper: Code, subject_id: UUID, about: str = "") -> Offer:
    return {"kind": paper.value, "subject_id": subject_id, "about": about or None}


_OFFERS = {
    Subject.CASE: _of_case,
    Subject.WORK: _of_work,
    Subject.ORDER: _of_order,
    Subject.MEETING: _of_meeting,
    Subject.RECEPTION: _of_reception,
}


def all_templates(by: Actor) -> list[dict[str, Any]]:
    """Every paper's template; raises Forbidden."""
    permissions.require(by, "templates.read")
    return templates.shown()
