"""Departments, posts and tokens of the current hall; its screens are in `devices`."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.staff.devices import pair_device, revoke_device
from apps.staff.models import ApiToken, Department, Post
from apps.staff.permissions import require
from apps.staff.secrets import digest
from bancheng.city.identity import accounts
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.services.audit import chain as audit
from bancheng.services.live import log

Hears = Callable[[], object]
_hears: list[Hears] = []


def hears_of_people(hear: Hears) -> Hears:
    """Register what has to look again, in the same transaction, when the hall's people change."""
    _hears.append(hear)
    return hear


def people_changed() -> None:
    """Tell everybody who registered; called last by whatever changes posts, roles or units."""
    for hear in _hears:
        hear()


__all__ = [
    "add_department",
    "add_post",
    "issue_token",
    "pair_device",
    "revoke_device",
    "revoke_token",
]


@transaction.atomic
def add_department(*, name: str, duty_phone: str, position: int, by: Actor) -> Department:
    """A new unit of the hall."""
    require(by, "staff.manage")
    made = Department.objects.create(name=name, duty_phone=duty_phone, position=position)
    audit.record("staff.department_added", subject="department", subject_id=made.id, by=by)
    return made


@transaction.atomic
def add_post(
    *,
    username: str,
    password: str | accounts.Hashed,
    name: str,
    roles: Collection[Role],
    department_id: UUID | None,
    by: Actor,
) -> Post:
    """A person in this hall, with an account of the network that is made when it is new."""
    require(by, "staff.manage")
    account_id = accounts.find(username) or accounts.register(username=username, password=password)
    made = Post.objects.create(
        account_id=account_id,
        username=username,
        name=name,
        roles=sorted(roles),
        department_id=department_id,
    )
    detail = {"roles": sorted(roles)}
    audit.record("staff.post_added", subject="post", subject_id=made.id, by=by, detail=detail)
    people_changed()
    return made


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

    A token never makes one that may do more than itself.
    """
    if by.post_id != post_id:
        require(by, "staff.manage")
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
