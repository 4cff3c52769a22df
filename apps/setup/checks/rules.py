"""Time, limits and who hears what: the place's own rules, or the shipped ones knowingly."""

from datetime import timedelta

from apps.oversight import limits as ladder_limits
from apps.oversight import queries as oversight
from apps.oversight.rules import Audience, Level
from apps.setup.readiness import Found, check, enough
from apps.staff import queries as staff
from bancheng.city.calendar import declared, listings
from bancheng.city.calendar.queries import timekeeping
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Role

_ROLE_OF = {
    Audience.UNIT_LEAD: Role.DEPT_LEAD,
    Audience.SHIFT_LEAD: Role.SHIFT_LEAD,
    Audience.SUPERVISOR: Role.SUPERVISOR,
    Audience.HALL_ADMIN: Role.HALL_ADMIN,
}
_NOTICE_IS_OUT = (12, 1)
_ROSTER_DAYS = 7
_MOST_NAMES = 8


@check("calendar", step="time", page="/settings/calendar")
def calendar() -> Found:
    """This year's working days are published; in December the next year's too (§3.8 item 2)."""
    today = clock.today()
    years = [today.year]
    if (today.month, today.day) >= _NOTICE_IS_OUT:
        years.append(today.year + 1)
    unknown = [year for year in years if listings.year(year).source == "missing"]
    if today.year in unknown:
        return Found("missing", {"years": unknown})
    return enough(not unknown, {"years": unknown or years}, "warn")


@check("opening_hours", step="time", page="/settings/parameters")
def opening_hours() -> Found:
    """The shipped hours are a guess: somebody here has to decide them."""
    made = parameters.in_force(declared.HOURS)
    return enough(made is not None, {"hall": made.hall if made else ""}, "warn")


@check("limits", step="time", page="/settings/limits")
def limits() -> Found:
    """How many limits a place above or this one decided; the shipped ones hold for the rest."""
    found = listings.limits()
    decided = [one for one in found if one.in_force.source != "default"]
    return Found("ok", {"count": len(found), "decided": len(decided)})


@check("ladder", step="rules", page="/settings/parameters")
def ladder() -> Found:
    """Every level of the escalation ladder reaches somebody (domain.md §2.5)."""
    held = {role for one in staff.posts() for role in one["roles"]}
    silent, nobody = [], set[str]()
    for level in Level:
        hearing = ladder_limits.audiences(level)
        if not hearing:
            silent.append(level.word)
        roles = {_ROLE_OF[one].value for one in hearing if one in _ROLE_OF}
        nobody |= roles - held
    return enough(not silent and not nobody, {"levels": silent, "roles": sorted(nobody)}, "warn")


@check("duty", step="rules", page="/oversight/duty")
def duty() -> Found:
    """Somebody is on duty on each working day of the coming week (C-37)."""
    kept, today = timekeeping().calendar, clock.today()
    days = [today + timedelta(days=n) for n in range(_ROSTER_DAYS)]
    planned = oversight.days_with_duty(days[0], days[-1])
    bare = [day.isoformat() for day in days if kept.day(day).works and day not in planned]
    return enough(not bare, {"days": bare}, "warn")
