"""Files added to a form before what they belong to exists: they are kept with its draft, go over to
what becomes of it, and go with it when it is thrown away (C-01)."""

from uuid import UUID

from apps.attachments.subjects import Keeper, Said, Sight, register
from apps.drafts import permissions
from apps.drafts.models import Draft
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import NotFound

FORMS = frozenset({"register"})
"""Forms whose step takes the files over; under any other a file would be lost without a word."""


@register
class DraftFiles(Keeper):
    """Files of one's own draft; nobody else sees them, and no history tells of them."""

    kind = "draft"

    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        rows = Draft.objects.all() if by is SYSTEM else permissions.visible_to(by)
        draft = rows.filter(id=subject_id).first()
        return Sight(add=draft.form in FORMS, manages=True) if draft else None

    def take(self, subject_id: UUID, by: Actor) -> Draft:
        seen = permissions.visible_to(by).filter(id=subject_id).values("id")
        draft = Draft.objects.select_for_update().filter(id__in=seen).order_by("id").first()
        if draft is None:
            raise NotFound
        return draft

    def write(self, taken: Draft, said: Said, by: Actor) -> None:
        """A draft has no history and no listeners."""

    def hint(self, subject_id: UUID) -> None:
        """Who looks at it asks again."""
