"""What stands in a cell of the ledger, before it is shown in a language or written to a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bancheng.kernel import clock

BETWEEN, AFTER = " · ", "；"


@dataclass(frozen=True, slots=True)
class Code:
    """A code with the list that words it; `said` is its word where the server alone knows it, and
    `others` the same by language."""

    words: str
    code: str
    said: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """Several things about one fact, one beside the other; empty ones fall away."""

    parts: tuple["Cell", ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Several facts of the same kind, one after the other."""

    facts: tuple["Cell", ...]


Cell = None | str | int | bool | date | datetime | Code | Together | Several
Words = Mapping[str, Mapping[str, str]]


def code(words: str, value: str | None, said: str = "") -> Code | None:
    """A code, or nothing."""
    return Code(words, value, said) if value else None


def figure(cell: Cell) -> int | None:
    """What is a figure in a file: never digits that name something."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else None


def together(*parts: Cell) -> Cell:
    """The parts that say something; nothing when none does."""
    said = tuple(part for part in parts if not empty(part))
    if len(said) > 1:
        return Together(said)
    return said[0] if said else None


def several(facts: "list[Cell]") -> Cell:
    """All that say something, one after the other."""
    said = tuple(fact for fact in facts if not empty(fact))
    if len(said) > 1:
        return Several(said)
    return said[0] if said else None


def empty(cell: Cell) -> bool:
    """Nothing to show; zero and no are something."""
    return cell is None or cell == ""


def plain(cell: Cell) -> Any:
    """A cell as JSON: text, number and yes-or-no as they are, everything else tagged."""
    match cell:
        case datetime():
            return {"at": cell.isoformat()}
        case date():
            return {"on": cell.isoformat()}
        case Code():
            return {"words": cell.words, "code": cell.code, "said": cell.said} | _others(cell)
        case Together():
            return {"together": [plain(part) for part in cell.parts]}
        case Several():
            return {"several": [plain(fact) for fact in cell.facts]}
    return cell


def text(cell: Cell, words: Words) -> str:
    """A cell in words."""
    match cell:
        case None:
            return ""
        case bool():
            return words["answer"]["yes" if cell else "no"]
        case datetime():
            return cell.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
        case Code():
            return words.get(cell.words, {}).get(cell.code) or _said(cell, words)
        case Together():
            return BETWEEN.join(text(part, words) for part in cell.parts)
        case Several():
            return AFTER.join(text(fact, words) for fact in cell.facts)
    return str(cell)


def _others(cell: Code) -> dict[str, Mapping[str, str]]:
    return {"others": cell.others} if cell.others else {}


def _said(cell: Code, words: Words) -> str:
    """What the server alone knows, in the reader's language where it was worded in it."""
    return cell.others.get(words.get("language", {}).get("code", "")) or cell.said or cell.code
