"""Explaining patiently: which clause was shown, in which words, what was understood (C-87)."""

from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import Explained
from apps.cases.errors import UnknownBasis
from apps.cases.models import Case
from apps.cases.rules import Step
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import line, move, take
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue.queries import LegalBasisRef
from bancheng.kernel.actor import Actor


@transaction.atomic
def explain(
    *, case_id: UUID, version: int, legal_basis: str, words: str, understood: str, by: Actor
) -> Case:
    """Put one attempt down; there may be as many as it takes. Raises UnknownBasis."""
    case = take(case_id, version, Step.EXPLANATION, by)
    shown = article(legal_basis)
    detail = Explained(shown.code, f"{shown.title} {shown.article}".strip(), understood)
    return move(case, line(Step.EXPLANATION, words, detail), by, clocks=Clocks.of(case))


def article(code: str) -> LegalBasisRef:
    """The article a refusal or an explanation stands on; raises UnknownBasis."""
    found = catalogue.legal_basis(code)
    if found is None:
        raise UnknownBasis(code=code)
    return found
