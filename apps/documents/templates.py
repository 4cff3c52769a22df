"""Which words a paper is made from: the hall's own where there are some, else the shipped ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.documents.models import Template
from apps.documents.rules import KINDS, Paper
from apps.documents.rules.merging import difference, merge
from apps.documents.shipped import Shipped, template
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class InForce:
    """`origin` is kept with each paper: shipped:1 or own:3."""

    text: str
    code_word: str
    letterhead: str
    look: str
    copies: tuple[str, ...]
    origin: str


def in_force(paper: Paper) -> InForce:
    """The template a paper is issued from today."""
    return put_together(template(paper), Template.objects.filter(kind=paper).first())


def put_together(shipped: Shipped, own: Template | None) -> InForce:
    if own is None:
        origin = f"shipped:{shipped.version}"
        words, code, head = shipped.text, shipped.code_word, ""
    else:
        origin, words, code, head = f"own:{own.version}", own.text, own.code_word, own.letterhead
    return InForce(words, code, head or here().name, shipped.look, shipped.copies, origin)


def shown() -> list[dict[str, Any]]:
    """Every template in the shape of the API; one query."""
    own = {row.kind: row for row in _rows()}
    return [_shown(paper, own.get(paper)) for paper in KINDS]


def one(paper: Paper) -> dict[str, Any]:
    return _shown(paper, Template.objects.filter(kind=paper).first())


def _rows() -> Iterable[Template]:
    return Template.objects.order_by("kind")


def _shown(paper: Paper, own: Template | None) -> dict[str, Any]:
    kind, shipped = KINDS[paper], template(paper)
    newer = own is not None and own.base_version < shipped.version
    return {
        "kind": paper.value,
        "subject": kind.subject.value,
        "version": own.version if own else 0,
        "edited": own is not None,
        "text": own.text if own else shipped.text,
        "code_word": own.code_word if own else shipped.code_word,
        "letterhead": own.letterhead if own else "",
        "look": shipped.look,
        "copies": [copy for copy in shipped.copies if copy],
        "shipped_version": shipped.version,
        "shipped_text": shipped.text,
        "base_version": own.base_version if own else shipped.version,
        "newer": newer,
        "changed_at": own.changed_at if own else None,
        "changer": own.changer_name if own else None,
        "upgrade": _upgrade(shipped, own) if own and newer else None,
        "fields": [
            {"name": one.name, "shape": one.shape.value, "columns": one.columns}
            for one in kind.fields
        ],
        "needs": list(kind.needs),
    }


def _upgrade(shipped: Shipped, own: Template) -> dict[str, Any]:
    """What changed in the shipped template since the hall made its own, and both together."""
    merged = merge(own.base_text, own.text, shipped.text)
    lines = difference(own.base_text, shipped.text)
    return {
        "lines": [{"how": how, "text": text} for how, text in lines],
        "merged": merged.text,
        "conflicts": merged.conflicts,
    }
