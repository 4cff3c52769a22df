"""Columns 44–67: how it ended, what was made of it, and where it is kept."""

from apps.cases.reading.records import HISTORY, LINKS, PROMISE, Line
from apps.cases.rules import Outcome
from apps.ledger.cells import Cell, code, several, together
from apps.ledger.column import column, empty, own_words
from apps.ledger.entries import CARDS, ORDERS, Entry
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.kernel import clock

_SOLVED = {Outcome.DONE: "yes", Outcome.DONE_ALT: "yes", Outcome.PARTLY: "partly"}
_CONTENT = 2


def _tools(entry: Entry) -> Cell:
    return several([code("tool", tool) for tool in entry.record.case.closing.get("tools", ())])


def _days(entry: Entry) -> Cell:
    """C-06: working days from the intake to the result, of what is closed."""
    case = entry.record.case
    if case.closed_at is None:
        return None
    end = case.delivered_at or case.closed_at
    return elapsed_working_days(case.registered_at, end, entry.around.time.calendar)


def _in_time(entry: Entry) -> Cell:
    """Whether the promise was kept; late is late also while it still runs."""
    promise = entry.record.promise
    if promise is None:
        return None
    if promise.ended == "done" and promise.done_at is not None:
        return promise.done_at <= promise.due_at
    late = not promise.ended and entry.around.now > promise.due_at
    return False if late else None


def _solved(entry: Entry) -> Cell:
    """Of what is closed: whether the matter itself was done, whatever anybody thinks of it."""
    case = entry.record.case
    return code("answer", _SOLVED.get(Outcome(case.outcome), "no")) if case.outcome else None


def _basis(entry: Entry) -> Cell:
    refusal = entry.record.case.refusal or {}
    reply = entry.record.case.reply or {}
    return together(refusal.get("basis_title", ""), refusal.get("legal_basis", "")) or (
        reply.get("legal_basis") or None
    )


def _signer(entry: Entry) -> Cell:
    """Who let the answer out: the reviewer, or who approved the refusal."""
    line = entry.record.last("review", "refusal-approval")
    return line.actor if line and line.data.get("decision") in ("pass", "approve") else None


def _delivery(entry: Entry) -> Cell:
    line = entry.record.last("deliver")
    if entry.record.case.delivered_at is None:
        return None
    way = code("deliver_method", str(line.data.get("method", "")) if line else "")
    return together(way, entry.record.case.delivered_at)


def _callback(entry: Entry) -> Cell:
    line = _asked(entry)
    return together(line.at, line.actor) if line else None


def _asked(entry: Entry) -> Line | None:
    """The newest call-back of the result as it stands now."""
    return entry.record.last("callback") if entry.record.case.called_back_at else None


def _complaint(entry: Entry) -> Cell:
    """What was said by somebody who was not content, or whose matter is not solved."""
    line, case = _asked(entry), entry.record.case
    unhappy = case.satisfaction is not None and case.satisfaction <= _CONTENT
    if line is None or not (unhappy or case.solved_confirmed is False):
        return None
    return own_words(entry, line.note) or None


def _supervised(entry: Entry) -> Cell:
    return several(
        [
            together(one.on, code("order_reason", one.reason_code), code("order_state", one.state))
            for one in entry.orders
        ]
    )


def _cards(entry: Entry) -> Cell:
    """What was lit and still counts, the owner of the time, the day."""
    lit = [card for card in entry.cards if not card.lifted]
    return several([together(code("level", card.level), card.owner, card.on) for card in lit])


def _remedies(entry: Entry) -> Cell:
    """Internal re-examinations and what came of them; review and court are not told to a hall."""
    lines = entry.record.all_of("appeal", "appeal-answer")
    return several(
        [
            together(clock.day_of(line.at), code("decision", str(line.data.get("decision") or "")))
            for line in lines
        ]
    )


def _repeat(entry: Entry) -> Cell:
    links = [together(code("link_kind", kind), number) for kind, number in entry.record.links]
    return several([True if entry.record.case.repeat else None, *links])


def archived(entry: Entry) -> Line | None:
    """The archive mark of the case as it ended last; reopening takes it away."""
    line, ended = entry.record.last("ledger.archived"), entry.record.case.closed_at
    return line if line and ended and line.at >= ended else None


def _archived(entry: Entry) -> Cell:
    line = archived(entry)
    return line.at if line else None


def _remark(entry: Entry) -> Cell:
    line = entry.record.last("ledger.remarked")
    return own_words(entry, line.note) if line else None


COLUMNS = (
    column(44, "tools", "several", "result", 20, _tools),
    column(45, "outcome", "code", "result", 14, lambda e: code("outcome", e.record.case.outcome)),
    column(46, "closed_at", "moment", "result", 17, lambda e: e.record.case.closed_at),
    column(47, "working_days", "number", "result", 8, _days),
    column(48, "in_time", "yes_no", "result", 8, _in_time, PROMISE),
    column(49, "solved", "code", "result", 8, _solved),
    column(50, "legal_basis", "several", "result", 28, _basis),
    column(51, "signer", "text", "result", 10, _signer, HISTORY),
    column(52, "delivery", "several", "result", 26, _delivery, HISTORY),
    column(53, "callback", "several", "result", 26, _callback, HISTORY),
    column(54, "confirmed", "yes_no", "result", 8, lambda e: e.record.case.solved_confirmed),
    column(55, "satisfaction", "number", "result", 8, lambda e: e.record.case.satisfaction),
    column(56, "complaint", "text", "result", 28, _complaint, HISTORY),
    column(57, "reopenings", "number", "oversight", 8, lambda e: e.record.case.reopen_count),
    column(58, "supervision", "several", "oversight", 32, _supervised, ORDERS),
    column(59, "cards", "several", "oversight", 28, _cards, CARDS),
    empty(60, "accountability", "oversight", 14, missing="sealed"),
    column(61, "remedies", "several", "oversight", 24, _remedies, HISTORY),
    column(62, "repeat", "several", "oversight", 28, _repeat, LINKS),
    empty(63, "common_problem", "file", 14, missing="not_in_product"),
    column(
        64,
        "knowledge",
        "code",
        "file",
        12,
        lambda e: code("knowledge", str(e.record.case.closing.get("knowledge") or "")),
    ),
    empty(65, "improvement", "file", 14, missing="not_in_product"),
    column(66, "archived_at", "moment", "file", 17, _archived, HISTORY),
    column(67, "remark", "text", "file", 30, _remark, HISTORY),
)
