"""Official papers of every kind somewhere in the city, so that whoever opens one finds one."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from apps.cases import permissions as cases
from apps.cases import queries as receptions
from apps.cases.intake.details import GuidanceSlip
from apps.cases.rules import ReceptionOutcome
from apps.cases.services import registration
from apps.cases.services.reception import NewReception
from apps.documents import permissions, queries
from apps.documents.rules import Paper, Subject
from apps.documents.services import issuing
from apps.oversight import queries as oversight
from apps.oversight.queries import Wanted
from apps.work import meeting_queries as meetings
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import hall

_EVERYWHERE = (Paper.REGISTRATION, Paper.DISPATCH)
"""Every hall's desk has given these out; of the others one is enough."""
_ROLES = (Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.SUPERVISOR)
_AT_MOST = 4
_SLIP = GuidanceSlip("先调取婚姻登记档案", "区档案馆一楼查档窗口", ("身份证原件",))
_SENT_ON = NewReception(
    "婚姻登记档案查不到", "person", ReceptionOutcome.GUIDED_BACK, slip=_SLIP, exemption=""
)
Place = tuple[Subject, UUID]


def issue_papers(stage: Stage) -> None:
    """One paper of each kind that the scripts have come to, by whoever gives such a paper out."""
    done: set[Paper] = set()
    for opened in stage.halls.values():
        with hall(opened.ref), clock.frozen(stage.times.now):
            if Paper.GUIDANCE not in done and opened.script.holders(Role.DESK_OFFICER, None):
                registration.receive(_SENT_ON, by=opened.holder(Role.DESK_OFFICER))
            done |= _in_hall(opened, set(Paper) - done | set(_EVERYWHERE))


def _in_hall(opened: OpenHall, wanted: set[Paper]) -> set[Paper]:
    staff = [opened.holder(role) for role in _ROLES if opened.script.holders(role, None)]
    issued: set[Paper] = set()
    for by in staff:
        mine = {paper for paper in wanted - issued if permissions.may_issue(by, paper)}
        for subject, subject_id in _places(by) if mine else ():
            found = _issue(subject, subject_id, mine, by)
            issued, mine = issued | found, mine - found
            if not mine:
                break
    return issued


def _issue(subject: Subject, subject_id: UUID, wanted: set[Paper], by: Actor) -> set[Paper]:
    offers = queries.of_subject(subject, subject_id, by)["offers"]
    found = {Paper(one["kind"]): one["subject_id"] for one in offers if one["kind"] in wanted}
    for paper, about in found.items():
        issuing.issue(kind=paper, subject=about, by=by)
    return set(found)


def _places(by: Actor) -> Iterator[Place]:
    """Where papers may be waiting: cases that something was told or refused in, orders, meetings,
    receptions with a slip."""
    seen = cases.visible_to(by).filter(registered_at__lt=clock.now()).order_by("-registered_at")
    yield from _some(Subject.CASE, seen.filter(dispatched_at__isnull=False))
    yield from _some(Subject.CASE, seen.exclude(material_notices=[]))
    yield from _some(Subject.CASE, seen.filter(refusal__isnull=False))
    yield from _some(Subject.CASE, seen.filter(events__kind="oversight.urge"))
    yield from _some(Subject.CASE, seen.filter(events__kind__startswith="work.deferred"))
    orders = oversight.orders(Wanted(), by) if by.has_role(Role.SUPERVISOR) else None
    if orders is not None:
        yield from _some(Subject.CASE, orders.filter(case__isnull=False), "case")
    yield from _some(Subject.MEETING, meetings.listed(by, state="issued"))
    told = receptions.receptions(by).filter(slip__isnull=False)
    yield from _some(Subject.RECEPTION, told.order_by("-at", "-id"))


def _some(subject: Subject, rows: Iterable[object], column: str = "id") -> Iterator[Place]:
    found = rows.values_list(column, flat=True)[:_AT_MOST]  # type: ignore[attr-defined]
    for ident in dict.fromkeys(found):
        yield subject, ident
