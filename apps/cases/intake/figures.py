"""What the intake of some days shows: who pushes, who skips, who comes again (domain.md §5.2).

Sealed cases and their receptions are not among what is counted. Rates are thousandths, null where
the denominator is 0 (§5.1).
"""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.cases import permissions
from apps.cases.intake import limits as intake_limits
from apps.cases.models import Case, CaseEvent, Reception
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

MOST_DAYS = 366
Span = tuple[datetime, datetime]


def figures(first: date, last: date, by: Actor) -> dict[str, Any]:
    """The hall's figures from the first day through the last; seven queries. Raises Invalid."""
    permissions.require(by, "intake.figures")
    if (last - first).days > MOST_DAYS:
        raise Invalid(errors={"to": ["too_far"]})
    span = (_start(first), _start(last + timedelta(days=1)))
    return {
        "first": first,
        "last": last,
        **_receptions(span),
        **_cases(span),
        **_events(span),
    }


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)


def _within(span: Span, name: str) -> Q:
    return Q(**{f"{name}__gte": span[0], f"{name}__lt": span[1]})


def _receptions(span: Span) -> dict[str, Any]:
    rows = Reception.objects.filter(_within(span, "at"))
    third = intake_limits.third_visit()
    misuse = Q(ordinary_window_tried=False)
    totals = rows.aggregate(
        receptions=Count("id"),
        known=Count("id", filter=Q(ordinary_window_tried__isnull=False)),
        exempt=Count("id", filter=misuse & ~Q(exemption="")),
        misuse=Count("id", filter=misuse & Q(exemption="")),
        third_visits=Count("id", filter=Q(visits_known__gte=third)),
    )
    known = totals["known"]
    return {
        "receptions": totals["receptions"],
        "outcomes": _counted(rows, "outcome"),
        "kinds": _counted(rows, "applicant_kind"),
        "third_visits": totals["third_visits"],
        "misuse": {
            "known": known,
            "unknown": totals["receptions"] - known,
            "exempt": totals["exempt"],
            "misuse": totals["misuse"],
            "rate": _rate(totals["misuse"], known),
        },
        "pushes": _pushes(rows.filter(push__isnull=False)),
    }


def _pushes(rows: QuerySet[Reception, Reception]) -> list[dict[str, Any]]:
    """Per department (null: only a window was named), with its windows; the most first."""
    units: dict[str, Any] = {}
    windows: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for kept in rows.order_by("id").values_list("push", flat=True):
        push: dict[str, Any] = kept or {}
        unit = push.get("unit")
        key = unit["id"] if unit else ""
        units[key] = unit
        totals[key] += 1
        if push.get("window"):
            windows[key][push["window"]] += 1
    return [
        {"unit": units[key], "n": n, "windows": _listed(windows[key])}
        for key, n in totals.most_common()
    ]


def _cases(span: Span) -> dict[str, Any]:
    rows = Case.objects.filter(_within(span, "registered_at"), letter_in__isnull=True)
    waits = sorted(
        int((sent - made).total_seconds() // 60)
        for made, sent in rows.values_list("registered_at", "dispatched_at")
        if sent is not None
    )
    return {
        "cases": rows.count(),
        "repeats": rows.filter(repeat=True).count(),
        "stages": _counted(rows.exclude(blocked_stage=""), "blocked_stage"),
        "sources": _counted(rows.exclude(discovery_source=""), "discovery_source"),
        "dispatch": {
            "n": len(waits),
            "median": _at(waits, 0.5),
            "p90": _at(waits, 0.9),
        },
    }


def _events(span: Span) -> dict[str, Any]:
    rows = CaseEvent.objects.filter(
        _within(span, "at"), kind__in=("one-time-notice", "cause-change")
    )
    notices = late = 0
    changes: Counter[tuple[str, str]] = Counter()
    people: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for kind, data, name in rows.order_by("id").values_list("kind", "data", "actor_name"):
        if kind == "one-time-notice":
            notices, late = notices + 1, late + int(data.get("late", False))
        else:
            pair = (data["before"]["cause"], data["after"]["cause"])
            changes[pair] += 1
            people[pair][name] += 1
    return {
        "notices": notices,
        "late_demands": late,
        "cause_changes": [
            {"before": before, "after": after, "n": n, "people": _listed(people[before, after])}
            for (before, after), n in changes.most_common()
        ],
    }


def _counted(rows: Any, column: str) -> list[dict[str, Any]]:
    found = rows.values_list(column).annotate(n=Count("id")).order_by("-n", column)
    return [{"code": code, "n": n} for code, n in found]


def _listed(counter: Counter[str]) -> list[dict[str, Any]]:
    return [{"name": name, "n": n} for name, n in counter.most_common(20)]


def _rate(part: int, whole: int) -> int | None:
    return round(1000 * part / whole) if whole else None


def _at(ordered: list[int], share: float) -> int | None:
    """The nearest-rank percentile."""
    if not ordered:
        return None
    return ordered[ceil(len(ordered) * share) - 1]
