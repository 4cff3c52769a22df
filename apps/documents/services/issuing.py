"""A paper is issued under a number without gaps, and what it says is frozen (ADR 17)."""

from uuid import UUID

from django.db import transaction

from apps.cases.services import recording
from apps.documents import facts, permissions, rendering
from apps.documents.composing import compose, number_of
from apps.documents.details import PaperIssued
from apps.documents.facts.taken import Taken, sees_person
from apps.documents.models import Paper
from apps.documents.rules import PERSON
from apps.documents.rules import Paper as Code
from apps.documents.services.sealing import seal
from apps.documents.templates import in_force
from apps.work.services.numbering import next_number
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_UNNAMED = "＊＊"
"""Whom a hall's own words put into the title stands on the paper, and neither in lists nor in kept
answers."""


@transaction.atomic
def issue(*, kind: Code, subject: UUID, by: Actor) -> Paper:
    """Issue a paper about something the actor sees.

    Raises NotFound, Forbidden, NothingToPrint, and what a template that no longer fits refuses.
    """
    taken = facts.take(kind, subject, by)
    permissions.require_issue(by, kind)
    if taken.named:
        permissions.require_person(by, sees=sees_person(taken))
    values, words = facts.values(taken), in_force(kind)
    year, number = next_number(f"paper.{kind}")
    called = number_of(words.code_word, year, number)
    unnamed = values | {name: _UNNAMED for name in PERSON if taken.named and values.get(name)}
    content = compose(taken.kind, words, values, number=called, issuer=by.name)
    paper = Paper(
        id=ids.new_id(),
        kind=kind,
        subject=taken.kind.subject,
        subject_id=subject,
        case_id=taken.case.id if taken.case else None,
        case_ids=taken.case_ids,
        unit=taken.unit,
        year=year,
        number=number,
        code_word=words.code_word,
        title=compose(taken.kind, words, unnamed, number=called, issuer=by.name).title[:200],
        personal=taken.named,
        template=words.origin,
        missing="".join(rendering.missing(content))[:200],
        issued_at=clock.now(),
        issued_by=by.post_id,
        issuer_name=by.name,
    )
    paper.content_sealed = seal(content, paper.id)
    paper.save(force_insert=True)
    _record(paper, taken, called, by)
    return paper


def _record(paper: Paper, taken: Taken, called: str, by: Actor) -> None:
    """The audit, the line in the case's history, and who shows papers; comes last."""
    detail = {"kind": paper.kind, "personal": paper.personal}
    audit.record("documents.issued", subject="paper", subject_id=paper.id, by=by, detail=detail)
    if taken.case is None:
        announce(paper, "paper.issued")
        return
    line = PaperIssued(paper.id, paper.kind, called)
    units = (taken.unit,) if taken.unit else ()
    recording.write(taken.case, recording.Written("paper.issued", "", line, units=units), by)


def announce(paper: Paper, kind: str) -> None:
    """For a paper that lies with no case."""
    topics = {"desk"} | ({f"dept:{paper.unit}"} if paper.unit else set())
    live.publish(topics, live.Change(kind, paper.id, paper.version))
