"""The sessions of a post: which are open, and ending them (ASVS 7.4.3, 7.4.5).

Sessions lie in the hall's own schema; their text is read one by one, some hundreds at most.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.sessions.models import Session

from apps.staff import authentication
from bancheng.kernel import clock


@dataclass(frozen=True, slots=True)
class Signed:
    """One open session. `id` names it without being its key; `browser` is what it called itself."""

    id: str
    key: str
    begun_at: datetime
    seen_at: datetime
    browser: str


def of_post(post_id: UUID) -> list[Signed]:
    """The live sessions of a post, the one used last first."""
    return sorted(_of(post_id), key=lambda one: one.seen_at, reverse=True)


def name_of(key: str) -> str:
    """What a session is called where its key must not be seen."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def end(post_id: UUID, *, only: str | None = None, but: str | None = None) -> int:
    """End the sessions of a post: all, the one named `only`, or all but that of key `but`."""
    keys = [
        one.key
        for one in _of(post_id)
        if only in (None, one.id) and (but is None or one.key != but)
    ]
    return Session.objects.filter(session_key__in=keys).delete()[0] if keys else 0


def _of(post_id: UUID) -> Iterator[Signed]:
    for row in Session.objects.filter(expire_date__gt=clock.now()):
        said = authentication.said_by(row.get_decoded())
        if said is not None and said.post_id == post_id:
            yield Signed(
                name_of(row.session_key),
                row.session_key,
                _at(said.begun),
                _at(said.seen),
                said.browser,
            )


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
