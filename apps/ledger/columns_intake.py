"""Columns 1–27: who came with what, and how it was judged."""

from apps.cases.reading.records import HISTORY
from apps.ledger.cells import Cell, Code, code, several, together
from apps.ledger.column import SUMMARY, column, own_words
from apps.ledger.entries import ITEMS, Entry
from bancheng.city.catalogue import desk_codes
from bancheng.kernel.hall import here


def _where(entry: Entry) -> Cell:
    visit = entry.record.visit
    return together(here().name, (visit.window_name if visit else "") or here().desk_name)


def _source(entry: Entry) -> Cell:
    case = entry.record.case
    known = desk_codes.DISCOVERY_SOURCES.get(case.discovery_source, "")
    return together(code("channel", case.channel), code("discovery", case.discovery_source, known))


def _person(entry: Entry) -> Cell:
    """Name (an enterprise by its own) and ID number, as masks unless opened."""
    row = entry.record
    if not row.known:
        return None
    person = row.person
    return together(
        person.enterprise_name,
        row.plain.get("name") or person.name_mask,
        row.plain.get("id_number") or person.id_mask,
    )


def _contact(entry: Entry) -> Cell:
    row = entry.record
    return (row.plain.get("phone") or row.person.phone_mask or None) if row.known else None


def _agent(entry: Entry) -> Cell:
    row = entry.record
    kept = row.person.authority or {}
    known = desk_codes.AUTHORITY_KINDS.get(str(kept.get("kind", "")), "")
    named = (
        row.plain.get("agent_name") or row.person.agent_name_mask,
        row.plain.get("agent_phone") or row.person.agent_phone_mask,
        row.plain.get("agent_id_number") or row.person.agent_id_mask,
        code("authority", kept.get("kind"), known),
    )
    return together(code("relation", row.person.relation), *(named if row.known else ()))


def _item(entry: Entry) -> Cell:
    case = entry.record.case
    return together(case.service_item_name, case.service_item)


def _levels(entry: Entry) -> Cell:
    item = entry.around.items.get(entry.record.case.service_item)
    return several([code("level_of_hall", level) for level in item.levels]) if item else None


def _section(entry: Entry) -> Cell:
    """The item's own department, else the one that leads."""
    item = entry.around.items.get(entry.record.case.service_item)
    return (item.unit if item else "") or entry.record.case.lead_unit_name or None


def _summary(entry: Entry) -> Cell:
    case = entry.record.case
    detail = case.detail if len(case.detail) <= SUMMARY else case.detail[:SUMMARY] + "…"
    return together(own_words(entry, case.title), own_words(entry, detail))


def _pushed(entry: Entry) -> Cell:
    case, visit = entry.record.case, entry.record.visit
    push = (visit.push if visit else None) or {}
    unit = (push.get("unit") or {}).get("name", "")
    return together(case.pushed_from, unit, push.get("window", ""))


def _stage(entry: Entry) -> Cell:
    stage = entry.record.case.blocked_stage
    return code("blocked_stage", stage, desk_codes.BLOCKED_STAGES.get(stage, ""))


def _reason(entry: Entry) -> Cell:
    reason = entry.record.case.blocking_reason
    words = entry.around.reasons.get(reason)
    return together(
        reason, Code("blocking", reason, words[desk_codes.LANGUAGES[0]], words) if words else None
    )


def _accepted(entry: Entry) -> Cell:
    visit = entry.record.visit
    return code("acceptance", visit.outcome if visit else "received")


def _not_accepted(entry: Entry) -> Cell:
    """Of a visit: the reason and the right way; of a refusal: the reason and how it was told."""
    visit, refusal = entry.record.visit, entry.record.case.refusal
    if visit is not None and visit.reason_code:
        return together(visit.reason_code, visit.right_channel)
    if not refusal:
        return None
    told = entry.record.last("deliver")
    way = code("deliver_method", told.data.get("method") if told else "")
    return together(own_words(entry, refusal.get("reason", "")), way)


COLUMNS = (
    column(1, "case_no", "id", "intake", 20, lambda e: e.record.case.number),
    column(2, "registered_at", "moment", "intake", 17, lambda e: e.record.case.registered_at),
    column(3, "desk", "text", "intake", 24, _where),
    column(
        4, "first_responder", "text", "intake", 10, lambda e: e.record.case.first_responder_name
    ),
    column(5, "source", "several", "intake", 18, _source),
    column(6, "applicant", "text", "intake", 24, _person, personal=True),
    column(7, "kind", "code", "intake", 10, lambda e: code("applicant_kind", e.record.person.kind)),
    column(8, "contact", "id", "intake", 14, _contact, personal=True),
    column(9, "agent", "several", "intake", 22, _agent, personal=True),
    column(10, "service_item", "several", "intake", 28, _item),
    column(11, "item_level", "several", "intake", 14, _levels, ITEMS),
    column(12, "department", "text", "intake", 16, _section, ITEMS),
    column(13, "summary", "several", "intake", 40, _summary),
    column(14, "want", "text", "intake", 30, lambda e: own_words(e, e.record.case.want)),
    column(15, "visit_count", "number", "intake", 8, lambda e: e.record.case.visit_count),
    column(16, "pushed_from", "several", "intake", 18, _pushed),
    column(17, "blocked_stage", "code", "triage", 10, _stage),
    column(18, "cause", "code", "triage", 10, lambda e: code("cause", e.record.case.cause)),
    column(19, "blocking_reason", "several", "triage", 24, _reason),
    column(20, "should_do", "code", "triage", 8, lambda e: code("answer", e.record.case.should_do)),
    column(21, "can_do", "code", "triage", 8, lambda e: code("answer", e.record.case.can_do)),
    column(
        22,
        "difficulty",
        "code",
        "triage",
        8,
        lambda e: code("difficulty", e.record.case.difficulty),
    ),
    column(23, "urgency", "code", "triage", 8, lambda e: code("urgency", e.record.case.urgency)),
    column(24, "business", "yes_no", "triage", 8, lambda e: e.record.person.kind != "person"),
    column(25, "confidential", "yes_no", "triage", 8, lambda e: e.record.case.confidential),
    column(26, "acceptance", "code", "triage", 12, _accepted),
    column(27, "not_accepted", "several", "triage", 28, _not_accepted, HISTORY),
)
