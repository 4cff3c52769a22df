"""Files go along with a letter to another hall, which keeps copies of its own (design.md §6).

In the transaction of the letter only lines are written: which files go, and in the receiving hall
that they are on their way. Their bytes follow (`fetching`), so that no large file holds a letter
up, and whatever is killed half-way finds its work again.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Sum

from apps.attachments import limits, queries
from apps.attachments.models import Attachment
from apps.attachments.origin import Origin
from apps.attachments.rules import GONE, KINDS, TRAVELS, State
from apps.attachments.subjects import Settled, keeper_of
from bancheng.city.exchange.enclosed import Enclosed, ident
from bancheng.kernel import clock, poke
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

FETCH = "attachments.fetch"


def chosen(
    under: tuple[str, UUID],
    wanted: Collection[UUID] | None,
    *,
    by: Actor,
    personal: bool,
    without: UUID | None = None,
) -> tuple[Enclosed, ...]:
    """The files that go along: the `wanted` ones, or all that may (None), oldest first.

    `personal` ones only where the person may be known there (个人信息保护法 6, 23); never those
    that came with the letter `without` itself. Raises Invalid for one that is not there, or may
    not go.
    """
    rows = _may_go(under, by, without)
    known = {row.id: row for row in rows}
    if wanted is None:
        going = [row for row in rows if personal or not row.personal]
    elif not set(wanted) <= set(known):
        raise Invalid(errors={"files": ["unknown"]})
    elif not personal and any(known[one].personal for one in wanted):
        raise Invalid(errors={"files": ["personal"]})
    else:
        going = [row for row in rows if row.id in set(wanted)]
    return tuple(
        Enclosed(row.id, queries.name_of(row), row.kind, row.size, row.personal) for row in going
    )


def _may_go(under: tuple[str, UUID], by: Actor, without: UUID | None) -> list[Attachment]:
    kind, ident_ = under
    keeper = keeper_of(kind)
    found = keeper.sight(ident_, by)
    if found is None:
        return []
    subjects = [ident_, *(one for _, one in keeper.beneath(ident_, by))]
    rows = Attachment.objects.filter(subject_id__in=subjects, state__in=TRAVELS)
    if not found.personal:
        rows = rows.filter(personal=False)
    if without is not None:
        rows = rows.exclude(origin__letter=str(without))
    return list(rows.order_by("added_at", "id"))


def expected(
    under: tuple[str, UUID], files: Sequence[Enclosed], *, hall: tuple[UUID, str], letter: UUID
) -> Settled:
    """Put down that these files of another hall are on their way, in the caller's transaction; what
    the policy of this hall does not take stands there with the reason, and is settled already.

    Told of the same files twice nothing is doubled.
    """
    rows, lying = [], _lying(under[1])
    refused: dict[UUID, str] = {}
    for one in files:
        why = _refused(one, lying)
        lying = (lying[0] + (not why), lying[1] + (0 if why else one.size))
        rows.append(_row(under, one, Origin(*hall, letter, one.id), why))
        refused |= {one.id: "refused"} if why else {}
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)
    if len(refused) < len(files):
        poke.after_commit(FETCH)
    return Settled(letter, hall[0], refused)


def _lying(subject_id: UUID) -> tuple[int, int]:
    rows = Attachment.objects.filter(subject_id=subject_id).exclude(state__in=GONE)
    return rows.count(), rows.aggregate(size=Sum("size"))["size"] or 0


def _refused(one: Enclosed, lying: tuple[int, int]) -> str:
    """The code of what this hall's own policy says against a file; empty for a welcome one."""
    kind = KINDS.get(one.kind)
    if kind is None or kind.code not in limits.kinds():
        return "attachments.kind_refused"
    if one.size > limits.most_mb(kind) * limits.MB:
        return "attachments.too_large"
    most, total = limits.most_files(citizen=False), limits.total_mb() * limits.MB
    full = lying[0] >= most or lying[1] + one.size > total
    return "attachments.full" if full else ""


def _row(under: tuple[str, UUID], one: Enclosed, origin: Origin, why: str) -> Attachment:
    file_id, cipher = ident(origin.letter, one.id), keeper_of(under[0]).cipher(under[1])
    return Attachment(
        id=file_id,
        subject=under[0],
        subject_id=under[1],
        kind=one.kind,
        name=cipher.seal(one.name, file_id, "name"),
        size=one.size,
        personal=one.personal,
        state=State.NOT_TAKEN if why else State.COMING,
        finding=why,
        scan_next_at=None if why else clock.now(),
        origin=origin.as_json(),
    )
