"""Who handles a file and who keeps out of it (回避, 济南市12345条例 32)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.conduct.details import Named, Recusal
from apps.conduct.errors import PostNotFit
from apps.conduct.models import ConductFile
from apps.conduct.permissions import DECIDERS, HANDLERS, post_of
from apps.conduct.rules import Step
from apps.conduct.services import circle
from apps.conduct.services.writing import save, take
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden


@transaction.atomic
def appoint(*, file_id: UUID, version: int, posts: Sequence[UUID], by: Actor) -> ConductFile:
    """Name the file's handlers; who is not named any more loses sight. Raises PostNotFit."""
    held = take(file_id, version, Step.APPOINT, by)
    fit = {
        one.id: one.name
        for one in circle.people()
        if one.roles & HANDLERS and not circle.unfit(held.file, one)
    }
    if not set(posts) <= set(fit):
        raise PostNotFit
    held.file.handlers = list(dict.fromkeys(posts))
    return save(held, by, detail=Named("、".join(fit[post] for post in held.file.handlers)))


@transaction.atomic
def recuse(
    *, file_id: UUID, version: int, post: UUID | None, reason: str, by: Actor
) -> ConductFile:
    """Keep oneself out, or order somebody out; they lose sight at once, sockets included.

    Raises Forbidden when ordering without the right to, PostNotFit for somebody outside of the
    circle, NobodyLeft when nobody who may decide would remain.
    """
    held = take(file_id, version, Step.RECUSE, by)
    wanted = post or post_of(by)
    ordered = wanted != by.post_id
    if ordered and not by.has_role(*DECIDERS):
        raise Forbidden(permission="conduct.decide")
    names = {one.id: one.name for one in circle.people() if one.id in held.case.circle}
    if wanted not in names:
        raise PostNotFit
    made = Recusal(wanted, names[wanted], reason, ordered, clock.now())
    held.file.recused = [*held.file.recused, made.as_json()]
    return save(held, by, note=reason, detail=Named(names[wanted]))
