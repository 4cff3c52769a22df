"""Checks against formalism (C-80) and the audit of replies (C-92): found by the machine, judged
by a person who did not handle the case."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.reading import reviewing
from apps.oversight import permissions
from apps.oversight.details import Said
from apps.oversight.errors import AlreadyJudged, NotYourDecision
from apps.oversight.models import Check
from apps.oversight.rules import CRITERIA, CheckKind, CheckState
from apps.oversight.suspicions import Limits, Suspicion, sampled, suspicions
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit

REVIEWED_DAYS = 90


@transaction.atomic
def look(*, by: Actor) -> int:
    """Look through the cases closed in the last 90 days; how many new suspicions. Twice is
    harmless: a case is suspected of one thing once, also after it was judged."""
    permissions.require(by, "quality.run")
    limits = Limits(
        parameters.number("oversight.at_once_minutes"),
        parameters.number("oversight.short_reply"),
        parameters.number("oversight.copied_percent"),
    )
    now = clock.now()
    cases = reviewing.closed_between(now - timedelta(days=REVIEWED_DAYS), now)
    return _keep((_check(one) for one in suspicions(cases, limits)), by)


@transaction.atomic
def draw(*, month: date, by: Actor) -> int:
    """Draw the month's sample of replies to judge; how many are new. The seed is the hall and the
    month, so that the sample can be drawn again by anybody. Raises Forbidden, Invalid for a month
    that is not over."""
    permissions.require(by, "quality.run")
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    if following > clock.today():
        raise Invalid(errors={"month": ["not_over"]})
    start, end = (datetime.combine(day, time.min, clock.ZONE) for day in (first, following))
    cases = {one.id: one for one in reviewing.replied_between(start, end)}
    period = f"{first:%Y-%m}"
    size = parameters.number("oversight.sample_size")
    chosen = sampled(list(cases.values()), size, f"{here().id}|{period}")
    audited = (Suspicion(CheckKind.REPLY_AUDIT, cases[ident]) for ident in chosen)
    return _keep((_check(one, period) for one in audited), by)


def _keep(found: Any, by: Actor) -> int:
    wanted = {(one.case, one.kind, one.period): one for one in found}
    rows = Check.objects.filter(case__in={key[0] for key in wanted})
    known = set(rows.values_list("case", "kind", "period"))
    made = [one for key, one in wanted.items() if key not in known]
    Check.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        detail = {"checks": [str(one.id) for one in made]}
        audit.record("oversight.checked", subject="hall", subject_id=None, by=by, detail=detail)
    return len(made)


def _check(one: Suspicion, period: str = "") -> Check:
    return Check(
        kind=one.kind,
        case=one.case.id,
        number=one.case.number,
        unit=one.case.unit,
        unit_name=one.case.unit_name,
        period=period,
        found_at=clock.now(),
        found=one.found,
    )


@transaction.atomic
def review(*, check_id: UUID, version: int, confirmed: bool, note: str, by: Actor) -> Check:
    """Confirm a suspicion or dismiss it. Raises NotFound, Stale, Forbidden, NotYourDecision,
    AlreadyJudged."""
    check = _locked(check_id, version, by)
    if check.kind == CheckKind.REPLY_AUDIT:
        raise Invalid(errors={"check": ["not_allowed"]})
    check.state = CheckState.CONFIRMED if confirmed else CheckState.DISMISSED
    check.judged = Said(by.post_id, by.name, clock.now(), note, check.state).as_json()
    return _saved(check, "oversight.check_reviewed", by)


@transaction.atomic
def score(
    *, check_id: UUID, version: int, criteria: Mapping[str, bool], note: str, by: Actor
) -> Check:
    """Judge a reply by the five questions of C-92; each yes is 20 of 100.

    Raises NotFound, Stale, Forbidden, NotYourDecision, AlreadyJudged, Invalid.
    """
    check = _locked(check_id, version, by)
    if check.kind != CheckKind.REPLY_AUDIT or set(criteria) != set(CRITERIA):
        raise Invalid(errors={"criteria": ["invalid"]})
    check.state = CheckState.SCORED
    check.score = sum(100 // len(CRITERIA) for yes in criteria.values() if yes)
    said = Said(by.post_id, by.name, clock.now(), note, "scored").as_json()
    check.judged = said | {"criteria": dict(criteria)}
    return _saved(check, "oversight.reply_scored", by)


def _locked(check_id: UUID, version: int, by: Actor) -> Check:
    """An unjudged check, for somebody who may judge and did not handle its case."""
    permissions.require(by, "quality.read")
    check = permissions.checks().select_for_update().filter(id=check_id).order_by("id").first()
    if check is None:
        raise NotFound
    if check.version != version:
        raise Stale(current=check.version)
    permissions.require(by, "quality.judge")
    about = reviewing.of_ids([check.case]).get(check.case)
    if about is not None and by.post_id in {about.handler_post, *about.posts_of("reply")}:
        raise NotYourDecision
    if check.state != CheckState.OPEN:
        raise AlreadyJudged(state=check.state)
    return check


def _saved(check: Check, kind: str, by: Actor) -> Check:
    check.version += 1
    check.save(force_update=True)
    detail = {"kind": check.kind, "state": check.state, "case": str(check.case)}
    audit.record(kind, subject="check", subject_id=check.id, by=by, detail=detail)
    return check
