"""What papers about a case say."""

from typing import Any
from uuid import UUID

from apps.cases.accountability import remedy_dates
from apps.cases.accountability.limits import remedy_text
from apps.cases.reading import references
from apps.cases.rules import Stage
from apps.documents.errors import NothingToPrint
from apps.documents.facts.taken import Taken, read_case
from apps.documents.facts.words import day, hidden, name_of
from apps.documents.rules.template import Value
from apps.documents.shipped import word
from bancheng.kernel import clock

Values = dict[str, Value]


def registration(taken: Taken) -> Values:
    return matter(taken) | person(taken)


def matter(taken: Taken) -> Values:
    """What every paper about a case may say."""
    record = read_case(taken)
    case = record.case
    return {
        "case_number": case.number,
        "title": case.title,
        "detail": case.detail,
        "want": case.want,
        "service_item": case.service_item_name,
        "registered_on": day(case.registered_at),
        "first_responder": case.first_responder_name,
        "channel": word("channel", case.channel),
        "promised_on": day(record.promise.due_on) if record.promise else "",
        "unit": case.lead_unit_name,
        "assist_units": "、".join(unit["name"] for unit in case.assist_units),
        "handler": case.handler_name,
        "visits": str(case.visit_count),
        "applicant_kind": word("applicant_kind", record.person.kind),
        "materials": list(case.intake.get("materials", ())),
    }


def person(taken: Taken) -> Values:
    """Who asked; in a confidential matter only on papers that go to that person."""
    record = read_case(taken)
    if not taken.named:
        return {"applicant": hidden()}
    plain = record.plain
    return {
        "applicant": plain.get("name", ""),
        "phone": plain.get("phone", ""),
        "enterprise": record.person.enterprise_name,
        "relation": word("relation", record.person.relation),
        "agent": plain.get("agent_name", ""),
        "agent_phone": plain.get("agent_phone", ""),
    }


def dispatch(taken: Taken) -> Values:
    """Raises NothingToPrint before the case was given to a unit."""
    record = read_case(taken)
    line = record.last("dispatch", "designate")
    if line is None or record.case.lead_unit is None:
        raise NothingToPrint(missing="dispatch")
    days = references.running_days(record.case.id)
    return (
        matter(taken)
        | person(taken)
        | {
            "dispatched_on": day(line.at),
            "sign_until": day(days.get(Stage.SIGN)),
            "contact_until": day(days.get(Stage.CONTACT)),
            "note": line.note,
        }
    )


def urge(taken: Taken) -> Values:
    """Of the newest urging; raises NothingToPrint when nobody has urged."""
    record = read_case(taken)
    line = record.last("oversight.urge")
    if line is None:
        raise NothingToPrint(missing="urge")
    unit = line.data["unit"]
    taken.unit = UUID(unit["id"]) if unit["id"] else None
    said: Values = {
        "urged_on": day(line.at),
        "urged_unit": name_of(unit),
        "urge_text": line.note,
    }
    return matter(taken) | said


def one_time_notice(taken: Taken) -> Values:
    """Of the newest notice of missing material; raises NothingToPrint when none was given."""
    notices = read_case(taken).case.material_notices
    if not notices:
        raise NothingToPrint(missing="one_time_notice")
    newest = notices[-1]
    said: Values = {
        "missing": [[one["name"], one["form"], one["where"]] for one in newest["materials"]],
        "told": newest["told"],
        "told_on": day(newest["at"]),
        "told_by": newest["by"],
        "late_reason": newest["reason"],
    }
    return matter(taken) | person(taken) | said


def explanation(taken: Taken) -> Values:
    """Only of a refusal that somebody else has approved (C-26); raises NothingToPrint."""
    kept = read_case(taken).case.refusal or {}
    if kept.get("decision") != "approve":
        raise NothingToPrint(missing="refusal_approval")
    dates = kept.get("dates") or remedy_dates.dates_from(clock.now()).as_json()
    remedy = kept["remedy"]
    said: Values = {
        "review_body": remedy["review_body"],
        "court": remedy["litigation_court"],
        "review_until": day(dates["review_until"]),
        "suit_until": day(dates["suit_until"]),
        "reexamination_until": day(dates["reexamination_until"]),
        "notified_on": day(dates["notified_on"]),
        "remedy_text": remedy_text(),
    }
    return _refusal(taken, kept) | said


def refusal_report(taken: Taken) -> Values:
    """From the moment the refusal is reported; raises NothingToPrint before."""
    kept = read_case(taken).case.refusal
    if not kept:
        raise NothingToPrint(missing="refusal")
    dates = kept.get("dates") or {}
    return _refusal(taken, kept) | {"notified_on": day(dates.get("notified_on"))}


def _refusal(taken: Taken, kept: dict[str, Any]) -> Values:
    texts = ("organ", "reason", "basis_text", "explanation", "materials_needed")
    more = ("handler", "handler_title", "decision_note", "materials_returned")
    return (
        matter(taken)
        | person(taken)
        | {name: str(kept.get(name) or "") for name in (*texts, *more)}
        | {
            "act": str(kept.get("act") or ""),
            "basis": str(kept.get("basis_title") or kept["legal_basis"]),
            "proposer": name_of(kept.get("proposer")),
            "approver": name_of(kept.get("approver")),
            "decision": word("decision", kept.get("decision") or "open"),
            "explained_times": str(kept.get("explained_times", 0)),
        }
    )
