"""Everybody keeps their own drafts, about what they may know of."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.drafts.models import Draft
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor

Seen = Callable[[Actor], QuerySet[Any, Any]]
_seen: dict[str, Seen] = {}
staff.grant({"drafts.keep": staff.EVERYONE})


def visible(subject: str) -> Callable[[Seen], Seen]:
    """Register which ids of a kind of subject an actor may know of: a queryset of one column.

    What a post wrote about a subject that it lost sight of disappears from its drafts. A kind that
    nobody registered has nothing to hide.
    """

    def register(ids_seen: Seen) -> Seen:
        _seen[subject] = ids_seen
        return ids_seen

    return register


def visible_to(by: Actor) -> QuerySet[Draft, Draft]:
    """The drafts of the actor's own post, without those about what it may not see."""
    rows = Draft.objects.filter(Q(post=by.post_id))
    for subject, ids_seen in _seen.items():
        rows = rows.filter(~Q(subject=subject) | Q(subject_id__in=ids_seen(by)))
    return rows


def knows(by: Actor, subject: str, subject_id: UUID | None) -> bool:
    """Whether the subject exists for this actor."""
    ids_seen = _seen.get(subject)
    return ids_seen is None or ids_seen(by).filter(id=subject_id).exists()
