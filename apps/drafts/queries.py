"""Reading one's own drafts, and what the last step found."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.drafts import permissions
from apps.drafts.models import Draft, LastStep
from apps.staff import permissions as staff
from bancheng.kernel import keyring
from bancheng.kernel.actor import Actor

ORDER = ("-saved_at", "-id")


@dataclass(frozen=True, slots=True)
class Found:
    """What a subject was before its last step: which step, whose, when, and at what version."""

    step: str
    post: UUID
    at: datetime
    version: int
    kept: dict[str, Any]


def own(by: Actor, *, subject: str, subject_id: UUID | None, form: str) -> QuerySet[Any, Any]:
    """The actor's drafts, to be paged by ORDER; empty words and None ask for all."""
    staff.require(by, "drafts.keep")
    rows = permissions.visible_to(by)
    if subject:
        rows = rows.filter(subject=subject)
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    return rows.filter(form=form) if form else rows


def opened(draft: Draft) -> dict[str, Any]:
    """A draft in the shape of the API, with what was typed."""
    plain = keyring.keys().open(
        bytes(draft.body), table="drafts_draft", column="body", row=draft.id
    )
    return {
        "id": draft.id,
        "subject": draft.subject,
        "subject_id": draft.subject_id,
        "form": draft.form,
        "body": json.loads(plain),
        "version": draft.version,
        "saved_at": draft.saved_at,
    }


def last_step(subject_id: UUID) -> Found | None:
    """What the subject's last step found, as long as it is remembered."""
    row = LastStep.objects.filter(subject_id=subject_id).first()
    if row is None:
        return None
    plain = keyring.keys().open(
        bytes(row.kept), table="drafts_laststep", column="kept", row=subject_id
    )
    return Found(row.step, row.post, row.at, row.version, json.loads(plain))
