"""How days and people read on paper."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from apps.documents.shipped import word
from bancheng.kernel import clock


def day(at: date | datetime | str | None) -> str:
    """2026年11月22日, by the hall's calendar day; empty for none."""
    if not at:
        return ""
    found = _of_text(at) if isinstance(at, str) else at
    on = clock.day_of(found) if isinstance(found, datetime) else found
    return f"{on.year}年{on.month}月{on.day}日"


def _of_text(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def hidden() -> str:
    """Stands for a person who is not named."""
    return word("paper", "hidden")


def name_of(kept: Mapping[str, Any] | None) -> str:
    """The name in a stored reference."""
    return str(kept.get("name", "")) if kept else ""
