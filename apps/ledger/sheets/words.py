"""The words of a file in the reader's language: made of the console's own by
`frontend/test/ledger-words.test.ts`, which also finds when they differ."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from apps.ledger.cells import Words

LOCALES = ("zh-CN", "zh-TW", "en")
_FOLDER = Path(__file__).parent


@cache
def of(locale: str) -> Words:
    """`column` → heads by key, `ledger_about` → labels, the words of each list of codes, and as
    `language` which one it is."""
    found: dict[str, dict[str, str]] = json.loads(_read(locale))
    return found | {"language": {"code": locale}}


def _read(locale: str) -> str:
    return (_FOLDER / f"words.{locale}.json").read_text(encoding="utf-8")


def fill(text: str, **params: Any) -> str:
    """A text with its parameters."""
    for name, value in params.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
