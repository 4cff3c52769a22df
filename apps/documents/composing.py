"""A template and its values become what a paper says."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from apps.documents.facts.words import day
from apps.documents.rendering import Content
from apps.documents.rules import Kind
from apps.documents.rules.template import Value, check, fill
from apps.documents.templates import InForce
from bancheng.kernel import clock
from bancheng.kernel.hall import here

_SAMPLES = Path(__file__).parent / "shipped" / "samples.toml"


def compose(
    kind: Kind, words: InForce, values: Mapping[str, Value], *, number: str, issuer: str
) -> Content:
    """All that the paper says. Raises what `check` refuses."""
    ref, today = here(), day(clock.today())
    known: dict[str, Value] = {
        "hall": ref.name,
        "desk": ref.desk_name,
        "number": number,
        "today": today,
        "issuer": issuer,
    }
    fields = {field.name: field for field in kind.fields}
    filled = fill(check(words.text, kind), fields, dict(values) | known)
    return Content(
        look=words.look,
        letterhead=words.letterhead,
        organ=ref.name,
        number=number,
        date=today,
        title=filled.title,
        copies=words.copies,
        blocks=filled.blocks,
    )


def number_of(code_word: str, year: int, number: int) -> str:
    """督办〔2026〕3号 (GB/T 9704-2012, 7.2.5)."""
    return f"{code_word}〔{year}〕{number}号"


@cache
def _samples() -> dict[str, Any]:
    return tomllib.loads(_SAMPLES.read_text(encoding="utf-8"))


def samples(kind: Kind) -> dict[str, Value]:
    """Invented values for a look at a template."""
    known = _samples() | _samples()["of"].get(kind.code, {})
    return {field.name: known.get(field.name, "") for field in kind.fields}
