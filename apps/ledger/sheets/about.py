"""What a file says of itself: which hall, who took it when, by which filter, how many lines,
whether people are masked, and by whose word they are not."""

from apps.ledger.cells import Words, text
from apps.ledger.services.exporting import File
from apps.ledger.sheets import words as spoken
from bancheng.kernel.hall import here

Fact = tuple[str, str]


def facts(file: File, rows: int, words: Words) -> list[Fact]:
    """Label and value, in the order they are written."""
    say = words["ledger_about"]
    found = [
        (say["hall"], here().name),
        (say["by"], file.by.name),
        (say["at"], text(file.at, words)),
        (say["filter"], filter_text(file, words)),
        (say["rows"], str(rows)),
        (say["masks"], say["plain"] if file.request else say["masked"]),
    ]
    if file.request:
        found += [(say["request"], str(file.request)), (say["decider"], file.decider)]
    return found


def filter_text(file: File, words: Words) -> str:
    """The filters as they were asked, by their own names."""
    names = words["ledger_filter"]
    parts = [f"{names.get(name, name)}：{_value(name, value, file, words)}" for name, value in
             sorted(file.filters.items())]  # fmt: skip
    return "；".join(parts) or words["ledger_about"]["everything"]


def _value(name: str, value: str, file: File, words: Words) -> str:
    known = words.get(_LISTS.get(name, ""), {})
    if known:
        return "、".join(known.get(one, one) for one in value.split(","))
    truth = {"true": "yes", "false": "no"}.get(value)
    return words["answer"][truth] if truth else file.names.get(value, value)


_LISTS = {
    "state": "state",
    "cause": "cause",
    "outcome": "outcome",
    "urgency": "urgency",
    "channel": "channel",
    "card": "level",
    "due": "ledger_due",
    "archived": "ledger_archived",
}


def mark(file: File, words: Words) -> str:
    """One line for the foot of every printed page."""
    line = words["ledger_about"]["mark"]
    return spoken.fill(line, name=file.by.name, at=text(file.at, words), hall=here().name)
