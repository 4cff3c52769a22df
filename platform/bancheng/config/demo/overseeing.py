"""What the halls' leaders have done by the demonstration day: the week's roster, the cards that
lit, one of them appealed and one lifted, the findings of the look for formalism, and the looks at
the ledger that the team shares."""

from datetime import datetime, time, timedelta

from apps.ledger.services import views
from apps.ledger.services.views import Look as LedgerLook
from apps.oversight import queries
from apps.oversight.queries import Wanted
from apps.oversight.rules import DutyRole, Part
from apps.oversight.services import appeals, quality, roster, standstills, sweeping
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import Level, hall

_LOOK = (1, 400)
"""The sweep looks on the working day before: a demonstration may be begun at night."""


def look(stage: Stage) -> None:
    """Do it in every hall; the quality of replies is looked at where there is a supervisor."""
    for opened in stage.halls.values():
        with hall(opened.ref):
            with clock.frozen(stage.times.at(*_LOOK)):
                sweeping.sweep()
                standstills.scan()
                _dispute(opened)
                _share_views(opened)
                if _holds(opened, Role.SUPERVISOR):
                    quality.look(by=opened.holder(Role.SUPERVISOR))
            if opened.script.level is not Level.STREET or opened.script.slug == "binhe":
                _assign_week(stage, opened)


def _share_views(opened: OpenHall) -> None:
    """What a shift's lead looks at every morning, and at the end of the month."""
    for name, asked, sort in (
        ("超期未办结", {"due": "overdue"}, "due_at"),
        ("办结未归档", {"archived": "false"}, "-closed_at"),
    ):
        look = LedgerLook(name, team=True, filters=asked, columns=(), sort=sort)
        views.save(look=look, by=opened.holder(Role.SHIFT_LEAD))


def _holds(opened: OpenHall, role: Role) -> bool:
    return bool(opened.script.holders(role))


def _dispute(opened: OpenHall) -> None:
    """The first two units with a card say why it should not count; the first is believed."""
    decider = opened.holder(Role.SHIFT_LEAD)
    lit = list(
        queries.cards(Wanted(state="lit"), decider).filter(blames=True, owner_unit__isnull=False)[
            :2
        ]
    )
    for number, card in enumerate(lit):
        owner = _lead_of(opened, card.owner_unit)
        asked = appeals.appeal(
            card_id=card.id,
            version=card.version,
            reason="等待外单位函复期间未能停钟，非本单位拖延，附函件。",
            by=owner,
        )
        if number == 0:
            appeals.decide(
                card_id=asked.id,
                version=asked.version,
                decision="lift",
                note="函件属实，等待期间不计。",
                by=decider,
            )


def _lead_of(opened: OpenHall, unit: object) -> Actor:
    code = next(code for code, ident in opened.departments.items() if ident == unit)
    return opened.holder(Role.DEPT_LEAD, code)


def _assign_week(stage: Stage, opened: OpenHall) -> None:
    """Five days from Monday of this week, at weekends of the next: desk and leader."""
    today = stage.times.days[0]
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= 5:
        monday += timedelta(days=7)
    desk = [opened.people[one.username] for one in opened.script.holders(Role.DESK_OFFICER)]
    leaders = [opened.holder(Role.SHIFT_LEAD), opened.holder(Role.HALL_ADMIN)]
    by = opened.holder(Role.HALL_ADMIN)
    with clock.frozen(datetime.combine(monday, time(8), clock.ZONE)):
        for number in range(5):
            day = monday + timedelta(days=number)
            for role, people in ((DutyRole.DESK, desk), (DutyRole.LEADER, leaders)):
                post = people[number % len(people)].post_id
                assert post is not None
                roster.assign(day=day, part=Part.DAY, role=role, post=post, by=by)
