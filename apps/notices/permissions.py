"""Everybody reads their own notices, and of those only what they may still know of."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from apps.notices.models import Notice
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor

Seen = Callable[[Actor], QuerySet[Any, Any]]
_seen: dict[str, Seen] = {}
staff.grant({"notices.read": staff.EVERYONE})


def visible(subject: str) -> Callable[[Seen], Seen]:
    """Register which ids of a kind of subject an actor may know of: a queryset of one column.

    What a post was told before it lost sight of the subject disappears from its list.
    """

    def register(ids_seen: Seen) -> Seen:
        _seen[subject] = ids_seen
        return ids_seen

    return register


def visible_to(by: Actor) -> QuerySet[Notice, Notice]:
    """The notices of the actor's own post, without those about what it may not see. Asked is only
    for the kinds of subjects that it was told of: few posts are told of all."""
    own = Notice.objects.filter(Q(post=by.post_id))
    told = set(own.order_by().values_list("subject", flat=True).distinct())
    rows = own.filter(subject__in=told)
    for subject in sorted(told & _seen.keys()):
        rows = rows.filter(~Q(subject=subject) | Q(subject_id__in=_seen[subject](by)))
    return rows
