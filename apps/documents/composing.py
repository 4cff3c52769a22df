"""A template and its values become what a paper says."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from apps.documents.facts.words import day
from apps.documents.rendering import Content
from apps.documents.rules import Kind, Shape
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
    filled = fill(check(words.text, kind), fields, known | dict(values))
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
def _samples() -> dict[str, Value]:
    found: dict[str, Value] = tomllib.loads(_SAMPLES.read_text(encoding="utf-8"))
    return found


def samples(kind: Kind) -> dict[str, Value]:
    """Invented values for a look at a template."""
    return {field.name: _sample(field.name, field.shape, field.columns) for field in kind.fields}


def _sample(name: str, shape: Shape, columns: int) -> Value:
    found = _samples().get(name, "")
    if shape is Shape.TABLE and not (isinstance(found, list) and len(found[0]) == columns):
        return [["……"] * columns]
    return found or ([] if shape is Shape.LIST else "")
