"""What a hall asks the hall above about one of its own posts, and nobody else may read.

The asking hall cannot read it back; what waits there is kept beside the post (apps.staff).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bancheng.city.exchange import sealed_letters
from bancheng.city.exchange.models import SealedLetter

_KIND = "question"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Question:
    """`what` is asked about a person's post, with which roles, why, and by whom."""

    post_id: str
    person: str
    username: str
    what: str
    roles: tuple[str, ...]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the hall above reads it."""

    id: UUID
    from_hall: UUID
    hall_name: str
    at: datetime
    about: Question


def ask_above(question: Question) -> tuple[UUID, UUID]:
    """Put it before the hall above, in the caller's transaction: the question's id and the hall's.

    Raises NotReachable where none stands above.
    """
    return sealed_letters.seal(_KIND, json.dumps(asdict(question), ensure_ascii=False))


def open_questions() -> list[Asked]:
    """What the halls below ask and nobody has answered, the oldest first."""
    rows = SealedLetter.objects.filter(kind=_KIND, taken_at=None).order_by("sent_at", "id")
    return [_read(row) for row in rows[:_MOST]]


def take(question_id: UUID) -> Asked | None:
    """Answer one: it is read once more and then never again; None when it was answered before."""
    row = sealed_letters.taken(_KIND, question_id)
    return _read(row) if row else None


def was_asked(question_id: UUID) -> bool:
    """Whether such a question was ever put to this hall."""
    return SealedLetter.objects.filter(kind=_KIND, id=question_id).exists()


def _read(row: SealedLetter) -> Asked:
    said: Mapping[str, Any] = json.loads(sealed_letters.opened(row))
    about = Question(**dict(said) | {"roles": tuple(said["roles"])})
    return Asked(row.id, row.from_hall, row.from_name, row.sent_at, about)
