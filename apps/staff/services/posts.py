"""People at their posts: hired, given other work, sent off, taken back (domain.md §4.1)."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.staff import holdings, permissions, queries, rules, sessions
from apps.staff.errors import NeedsDepartment, NotEnded, PostExists
from apps.staff.holdings import Heir
from apps.staff.models import Department, Post
from apps.staff.permissions import require
from apps.staff.services.changes import people_changed, saved_post, tell_of_post
from apps.staff.services.proposing import propose
from apps.staff.services.taking import held, require_reach, taken, taken_active
from apps.staff.services.tokens import revoke_all
from bancheng.city.identity import accounts, passwords
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.database import uniqueness
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class About:
    """What a post is: whose, with which roles, in which department."""

    name: str
    roles: frozenset[Role]
    department_id: UUID | None


@dataclass(frozen=True, slots=True)
class Hired:
    """A new or returning person; `password` is told this once, None where the account had one."""

    post: Post
    password: str | None


@transaction.atomic
def add_post(
    *,
    username: str,
    password: str | accounts.Hashed,
    name: str,
    roles: Collection[Role],
    department_id: UUID | None,
    by: Actor,
    must_change: bool = False,
) -> Post:
    """A person in this hall with a password that is known: for the command line, a demonstration,
    a test. An account of the network is made when it is new; people are hired by `hire`."""
    require(by, "staff.manage")
    account_id = accounts.find(username) or accounts.register(
        username=username, password=password, must_change=must_change
    )
    made = Post(
        account_id=account_id,
        username=username,
        name=name,
        roles=sorted(roles),
        department_id=department_id,
    )
    with _once(made):
        made.save(force_insert=True)
    detail = {"roles": sorted(roles)}
    audit.record("staff.post_added", subject="post", subject_id=made.id, by=by, detail=detail)
    people_changed()
    return made


@transaction.atomic
def hire(*, username: str, about: About, by: Actor) -> Hired:
    """A person with a post here and a password for the first time. Roles that need two people wait
    for the second. Raises PostExists, UsernameTaken and what `allowed` raises."""
    require(by, "staff.manage")
    account_id = accounts.find(username)
    known = Post.objects.filter(account_id=account_id).first() if account_id else None
    if known is not None:
        raise PostExists(ended=not known.active, post=str(known.id), name=known.name)
    permissions.require_roles(by, about.roles, about.roles)
    _require_department(about)
    password = None
    if account_id is None:
        password = passwords.one_time()
        account_id = accounts.register(username=username, password=password, must_change=True)
    post = Post(account_id=account_id, username=username)
    detail = _put(post, about, by)
    with _once(post):
        post.save(force_insert=True)
    tell_of_post(post, "post_added", by, detail=detail)
    return Hired(post, password)


@transaction.atomic
def change_post(*, post_id: UUID, version: int, about: About, by: Actor) -> Post:
    """Another name, other roles, another department; what is lost is lost at once. Raises
    NotFound, Stale, OwnPost, RoleNotYours, RolesClash, RoleElsewhere, NeedsDepartment,
    LastAdministrator, LastGuardian, AlreadyProposed."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    before = held(post)
    changed = (before | about.roles) - (before & about.roles)
    permissions.require_roles(by, about.roles, changed)
    _require_department(about, before=post)
    detail = _put(post, about, by)
    after = held(post)
    permissions.require_guardians(but=post, before=before, after=after)
    permissions.require_an_administrator(but=post, before=before, after=after)
    return saved_post(post, "post_changed", by, detail=detail)


@transaction.atomic
def end_post(*, post_id: UUID, version: int, to: UUID | None, by: Actor) -> Post:
    """A person leaves: signed out everywhere, without tokens, and whatever hangs on the post passes
    to somebody else in the same moment. Raises NotFound, Stale, OwnPost, RoleNotYours,
    LastAdministrator, LastGuardian, StillHolding, CannotTakeOver."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    permissions.require_guardians(but=post, before=held(post), after=())
    permissions.require_an_administrator(but=post, before=held(post), after=())
    passed = holdings.leave_post(post.id, _heir(to, post) if to else None, by)
    post.active, post.proposed = False, None
    sessions.end(post.id)
    revoke_all(post.id)
    detail = {"to": str(to) if to else None, "passed": {one.kind: one.count for one in passed}}
    return saved_post(post, "post_ended", by, detail=detail)


@transaction.atomic
def take_back(*, post_id: UUID, version: int, about: About, by: Actor) -> Hired:
    """Somebody who left comes back to the same post, with roles given anew and a new password.

    Raises NotFound, Stale, NotEnded, SharedAccount and what `hire` raises.
    """
    post = taken(post_id, version, by)
    if post.active:
        raise NotEnded
    permissions.require_roles(by, about.roles, about.roles)
    _require_department(about)
    post.roles, post.active, post.locked = [], True, False
    detail = _put(post, about, by)
    password = accounts.give_one_time(post.account_id)
    return Hired(saved_post(post, "post_taken_back", by, detail=detail), password)


def _once(post: Post) -> AbstractContextManager[None]:
    """Somebody else may take the same person on in the same moment."""
    return uniqueness.taken("post_account", PostExists(ended=False, post="", name=post.name))


def _put(post: Post, about: About, by: Actor) -> dict[str, object]:
    """Write down what one person may decide, and as a proposal what takes two."""
    before = held(post)
    waiting = rules.needs_two(about.roles - before)
    permissions.require_nothing_waits(post, waiting)
    given = sorted(about.roles - waiting)
    post.name, post.department_id = about.name.strip(), about.department_id
    post.roles = [role.value for role in given]
    if waiting:
        propose(post, "roles", sorted(waiting), by)
    return {"roles": given, "before": sorted(before), "proposed": sorted(waiting)}


def _require_department(about: About, before: Post | None = None) -> None:
    """A known one where it is named, locked so that it stays open; named for who works in one."""
    if not about.name.strip():
        raise Invalid(errors={"name": ["required"]})
    same = before is not None and before.department_id == about.department_id
    unit = about.department_id
    if unit is not None and not same:
        open_ = Department.objects.select_for_update().filter(id=unit, active=True)
        if open_.first() is None:
            raise Invalid(errors={"department": ["unknown"]})
    if unit is None and about.roles & rules.OF_UNITS:
        raise NeedsDepartment


def _heir(to: UUID, leaving: Post) -> Heir:
    """Locked, so that the heir does not leave in the same moment."""
    Post.objects.select_for_update().filter(id=to).first()
    found = queries.heir(to)
    if found is None or found.id == leaving.id:
        raise Invalid(errors={"to": ["unknown"]})
    return found
