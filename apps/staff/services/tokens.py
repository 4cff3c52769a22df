"""API tokens: a bearer secret of a post, told once, narrowed by scopes, ended at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.staff import rules
from apps.staff.models import ApiToken
from apps.staff.permissions import require
from apps.staff.secrets import digest
from apps.staff.services.taking import held, locked, require_reach
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.services.audit import chain as audit
from bancheng.services.live import log


@transaction.atomic
def issue_token(
    *,
    post_id: UUID,
    name: str,
    scopes: Iterable[str] | None,
    expires_at: datetime | None,
    by: Actor,
) -> str:
    """A new bearer secret for a post, told this once; stored hashed.

    A token never makes one that may do more than itself, and nobody one for a post whose roles
    are given by two: its secret would be the role.
    """
    if by.post_id != post_id:
        require(by, "staff.manage")
        _require_single(post_id, by)
    wanted = None if scopes is None else frozenset(scopes)
    if by.scopes is not None and (wanted is None or not wanted <= by.scopes):
        raise Forbidden(permission="staff.token_scopes")
    secret = f"bct_{ids.token()}"
    made = ApiToken.objects.create(
        post_id=post_id,
        name=name,
        digest=digest(secret),
        scopes=None if wanted is None else sorted(wanted),
        expires_at=expires_at,
    )
    audit.record("staff.token_issued", subject="api_token", subject_id=made.id, by=by)
    return secret


@transaction.atomic
def revoke_token(*, token_id: UUID, by: Actor) -> None:
    """End a token at once; raises NotFound."""
    require(by, "staff.manage")
    live = ApiToken.objects.filter(id=token_id, revoked_at__isnull=True)
    if not live.update(revoked_at=clock.now()):
        raise NotFound
    audit.record("staff.token_revoked", subject="api_token", subject_id=token_id, by=by)
    log.publish([log.PEOPLE], log.Change("token_revoked"))


def revoke_all(post_id: UUID) -> None:
    """End every token of a post that ends: who comes back gets new ones."""
    live = ApiToken.objects.filter(post=post_id, revoked_at__isnull=True)
    live.update(revoked_at=clock.now())


def _require_single(post_id: UUID, by: Actor) -> None:
    if by is SYSTEM:
        return
    post = locked(post_id, None)
    require_reach(post, by)
    if rules.needs_two(held(post)):
        raise Forbidden(permission="staff.token_for_another")
