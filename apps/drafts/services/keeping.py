"""Saving and discarding one's own drafts.

A draft is private and part of no file: it leaves no line in any history and no entry in the audit;
what becomes of it does, when it is sent.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.attachments.services import dropping
from apps.drafts import limits, permissions
from apps.drafts.errors import DraftChanged, DraftTooLarge, TooManyDrafts
from apps.drafts.models import Draft
from apps.staff import permissions as staff
from bancheng.kernel import clock, ids, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Form:
    """Which form: about one subject, or about none yet."""

    form: str
    subject: str = ""
    subject_id: UUID | None = None


@transaction.atomic
def save(form: Form, body: Mapping[str, Any], *, version: int, by: Actor) -> Draft:
    """Keep what was typed. `version` is that of the draft the text was begun from, 0 for none.

    The same text again changes nothing, so a repeated request does no harm. Raises NotFound for a
    subject that the actor does not see, DraftChanged, DraftTooLarge, TooManyDrafts.
    """
    post = _post(by)
    if not permissions.knows(by, form.subject, form.subject_id):
        raise NotFound
    text = json.dumps(dict(body), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > limits.kilobytes() * 1024:
        raise DraftTooLarge(kilobytes=limits.kilobytes())
    found = _locked(form, post)
    if found is not None and _text(found) == text:
        return found
    if version != (found.version if found else 0):
        raise DraftChanged(version=found.version if found else 0)
    return _changed(found, text) if found else _begun(form, text, post)


def _post(by: Actor) -> UUID:
    """Whose drafts: somebody with a post of this hall."""
    staff.require(by, "drafts.keep")
    if by.post_id is None:
        raise Forbidden(permission="drafts.keep")
    return by.post_id


def _locked(form: Form, post: UUID) -> Draft | None:
    rows = Draft.objects.select_for_update().filter(
        post=post, subject=form.subject, subject_id=form.subject_id, form=form.form
    )
    return rows.order_by("id").first()


def _text(draft: Draft) -> str:
    sealed = bytes(draft.body)
    return keyring.keys().open(sealed, table="drafts_draft", column="body", row=draft.id)


def _sealed(draft_id: UUID, text: str) -> bytes:
    return keyring.keys().seal(text, table="drafts_draft", column="body", row=draft_id)


def _changed(draft: Draft, text: str) -> Draft:
    draft.body, draft.saved_at = _sealed(draft.id, text), clock.now()
    draft.version += 1
    draft.save(update_fields=["body", "saved_at", "version"])
    return draft


def _begun(form: Form, text: str, post: UUID) -> Draft:
    """The first saving; of two at once the second one finds that it changed elsewhere."""
    if Draft.objects.filter(post=post).count() >= limits.most():
        raise TooManyDrafts(most=limits.most())
    draft = Draft(
        id=ids.new_id(),
        post=post,
        subject=form.subject,
        subject_id=form.subject_id,
        form=form.form,
    )
    draft.body = _sealed(draft.id, text)
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    if not Draft.objects.filter(id=draft.id).exists():
        raise DraftChanged(version=1)
    return draft


@transaction.atomic
def discard(*, draft_id: UUID, by: Actor) -> None:
    """Throw one's own draft away; raises NotFound for anybody else's."""
    _post(by)
    if not _let_go(permissions.visible_to(by).filter(id=draft_id)):
        raise NotFound


def sent(*, draft_id: UUID, by: Actor) -> None:
    """What was typed has become a step of its own, in the same transaction; files that the step
    did not take over go with it. A draft that is not the actor's own, or not there, is passed
    over."""
    _let_go(Draft.objects.filter(Q(post=by.post_id), id=draft_id))


def withdraw(subjects: Collection[UUID]) -> int:
    """Throw away what anybody has begun to write about these subjects; how many."""
    return _let_go(Draft.objects.filter(subject_id__in=subjects))


@transaction.atomic
def forget() -> int:
    """Let go of what was not touched for the days that drafts are kept; how many."""
    before = clock.now() - timedelta(days=limits.keep_days())
    return _let_go(Draft.objects.filter(saved_at__lt=before))


def _let_go(rows: QuerySet[Draft, Draft]) -> int:
    """Delete drafts with their files; locked first, so that no file is added to one meanwhile."""
    gone = list(rows.select_for_update().order_by("id").values_list("id", flat=True))
    if gone:
        Draft.objects.filter(id__in=gone).delete()
        dropping.drop("draft", gone)
    return len(gone)
