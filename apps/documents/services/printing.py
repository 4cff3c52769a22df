"""A paper is printed, each time on the record; or taken back."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases import permissions as cases
from apps.cases.services import recording
from apps.documents import permissions, rendering
from apps.documents.composing import number_of
from apps.documents.details import PaperIssued, Voided
from apps.documents.errors import AlreadyVoid
from apps.documents.models import Paper
from apps.documents.services.issuing import announce
from apps.documents.services.sealing import opened
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF with the name a file of it should have."""

    content: bytes
    number: str


def printed(*, paper_id: UUID, by: Actor) -> Printed:
    """The PDF as it was issued. Who names a person opens it like a reveal: the audit entry comes
    first (security.md §4.2). Raises NotFound, Forbidden, CannotRender."""
    content, paper = _taken_out(paper_id, by)
    made = rendering.pdf(content, void=paper.void is not None)
    return Printed(made, number_of(paper.code_word, paper.year, paper.number))


@transaction.atomic
def _taken_out(paper_id: UUID, by: Actor) -> tuple[rendering.Content, Paper]:
    paper = _locked(paper_id, by)
    permissions.require(by, "papers.read")
    if paper.personal:
        permissions.require_person(by, sees=_sees(paper, by))
    detail = {"kind": paper.kind, "personal": paper.personal}
    audit.record("documents.printed", subject="paper", subject_id=paper.id, by=by, detail=detail)
    paper.prints += 1
    paper.save(update_fields=["prints"])
    return opened(paper), paper


def _locked(paper_id: UUID, by: Actor) -> Paper:
    rows = permissions.visible_to(by).select_for_update().filter(id=paper_id).order_by("id")
    found = permissions.whole(rows, by)
    if not found:
        raise NotFound
    return found[0]


def _sees(paper: Paper, by: Actor) -> bool:
    if paper.case_id is None:
        return False
    case = cases.visible_to(by).filter(id=paper.case_id).first()
    return case is not None and cases.sees_identity(by, case)


@transaction.atomic
def void(*, paper_id: UUID, version: int, reason: str, by: Actor) -> Paper:
    """Take a paper back: it stays, with its number, and prints as void from now on.

    Raises NotFound, Stale, Forbidden, AlreadyVoid.
    """
    about = permissions.visible_to(by).filter(id=paper_id).values_list("case_id", flat=True).first()
    case = recording.take(about, by) if about else None
    paper = _locked(paper_id, by)
    if paper.version != version:
        raise Stale(current=paper.version)
    permissions.require(by, "papers.void")
    if paper.void is not None:
        raise AlreadyVoid
    paper.void = Voided(clock.now(), by.name, reason).as_json()
    paper.version += 1
    paper.save(force_update=True)
    detail = {"kind": paper.kind}
    audit.record("documents.void", subject="paper", subject_id=paper.id, by=by, detail=detail)
    if case is None:
        announce(paper, "paper.void")
        return paper
    called = number_of(paper.code_word, paper.year, paper.number)
    line = PaperIssued(paper.id, paper.kind, called)
    units = (paper.unit,) if paper.unit else ()
    recording.write(case, recording.Written("paper.void", reason, line, units=units), by)
    return paper
