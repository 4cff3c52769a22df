"""A card explains itself, can be appealed by its owner and lifted by somebody else (§3.6)."""

from collections.abc import Callable
from datetime import date

import pytest

from apps.cases.models import Case, Deadline
from apps.cases.reading import facts
from apps.notices import queries as notices
from apps.oversight import queries
from apps.oversight.errors import AppealTooLate, NotAppealable, NotAppealed, NotYourDecision
from apps.oversight.models import Card
from apps.oversight.services import appeals
from apps.oversight.services.sweeping import Swept
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.errors import Forbidden, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db
Sweep = Callable[[str], Swept]


@pytest.fixture
def red(team: Team, sweep: Sweep) -> Card:
    """The red card of a promise due on Monday, 9 March, 17:30; found on Tuesday morning."""
    with frozen(at("2026-03-02 10:00")):
        team.in_progress()
    sweep("2026-03-10 08:45")
    with hall(team.ref):
        return Card.objects.get(stage="resolve", why="overdue")


def appeal(team: Team, card: Card, when: str, by: Actor, version: int = 1) -> Card:
    with frozen(at(when)), hall(team.ref):
        return appeals.appeal(card_id=card.id, version=version, reason="系统停机", by=by)


def decide(team: Team, card: Card, decision: str, by: Actor) -> Card:
    with frozen(at("2026-03-11 10:00")), hall(team.ref):
        return appeals.decide(
            card_id=card.id, version=card.version, decision=decision, note="属实", by=by
        )


def unchanged(team: Team, card: Card) -> bool:
    with hall(team.ref):
        now = Card.objects.get(id=card.id)
        lifted = Deadline.objects.get(id=card.deadline).lifted
    same = (now.state, now.version, now.appeal, now.decision)
    return same == (card.state, card.version, card.appeal, card.decision) and not lifted


def test_a_card_says_which_rule_which_moment_and_whose(team: Team, red: Card) -> None:
    unit_handler = caller_for(team.ref, team.handler)

    shown = unit_handler.get(f"cards/{red.id}").json()

    assert (shown["level"], shown["why"], shown["rule"]) == ("red", "overdue", "WD+5")
    assert (shown["due_on"], shown["lit_at"][:16]) == ("2026-03-09", "2026-03-09T17:30")
    assert shown["owner"] == {"id": str(team.unit), "name": "民政科"}
    assert shown["case"]["title"] == "结婚证姓名不一致"
    assert shown["appeal_until"] == "2026-03-13"
    ruler = unit_handler.get(f"deadlines/{shown['deadline']}/explanation").json()
    assert ruler["due_on"] == "2026-03-09"


def test_an_appealed_card_is_lifted_by_somebody_else_and_counts_no_more(
    team: Team, red: Card
) -> None:
    """M-30: the day of 9 March loses its red card; its owner hears of the decision."""
    assert _reds(team, date(2026, 3, 9)) == 1

    card = appeal(team, red, "2026-03-10 09:00", team.handler)
    assert card.state == "appealed"
    card = decide(team, card, "lift", team.lead)

    assert (card.state, card.version) == ("lifted", 3)
    assert _reds(team, date(2026, 3, 9)) == 0
    with hall(team.ref):
        kinds = [row.kind for row in notices.own(team.handler).order_by("at")]
        assert kinds[-1] == "oversight.decided"
        assert chain.verify().broken_at is None


def test_a_card_that_is_upheld_counts_on(team: Team, red: Card) -> None:
    card = appeal(team, red, "2026-03-10 09:00", team.handler)

    assert decide(team, card, "uphold", team.lead).state == "upheld"
    assert _reds(team, date(2026, 3, 9)) == 1


def _reds(team: Team, day: date) -> int:
    with frozen(at("2026-03-11 12:00")), hall(team.ref):
        return sum(part.facts.red for part in facts.day_facts(day))


def test_neither_the_appellant_nor_the_owner_decides(team: Team, red: Card) -> None:
    both = people.staff_in(team.ref, Role.DEPT_LEAD, Role.SUPERVISOR, department=team.unit)
    card = appeal(team, red, "2026-03-10 09:00", both)

    with pytest.raises(NotYourDecision):
        decide(team, card, "lift", both)
    with hall(team.ref):
        Card.objects.filter(id=card.id).update(owner_post=team.lead.post_id)
    with pytest.raises(NotYourDecision):
        decide(team, card, "lift", team.lead)

    assert unchanged(team, card)


def test_after_three_working_days_it_is_too_late(team: Team, red: Card) -> None:
    """Found on Tuesday the 10th: Friday the 13th is the last day, Monday is too late."""
    with pytest.raises(AppealTooLate):
        appeal(team, red, "2026-03-16 09:00", team.handler)
    assert unchanged(team, red)

    assert appeal(team, red, "2026-03-13 17:00", team.handler).state == "appealed"


def test_a_warning_is_not_appealed_and_nothing_twice(team: Team, red: Card) -> None:
    with hall(team.ref):
        orange = Card.objects.get(stage="resolve", why="due_today")
    with pytest.raises(NotAppealable):
        appeal(team, orange, "2026-03-10 09:00", team.handler)
    with pytest.raises(NotAppealed):
        decide(team, red, "lift", team.lead)
    card = appeal(team, red, "2026-03-10 09:00", team.handler)

    with pytest.raises(NotAppealable):
        appeal(team, card, "2026-03-10 09:05", team.handler, version=2)

    assert unchanged(team, card)
    assert unchanged(team, orange)


def test_others_do_not_appeal_and_strangers_find_nothing(
    team: Team, red: Card, district: HallRef
) -> None:
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "社保科")
    )
    with pytest.raises(NotFound):
        appeal(team, red, "2026-03-10 09:00", other)
    with pytest.raises(Forbidden):
        appeal(team, red, "2026-03-10 09:00", team.desk)
    with pytest.raises(Stale):
        appeal(team, red, "2026-03-10 09:00", team.handler, version=7)
    with hall(district), pytest.raises(NotFound):
        queries.card(red.id, people.staff_in(district, Role.SUPERVISOR))

    assert unchanged(team, red)


def test_a_unit_keeps_its_card_when_the_case_has_gone_on(team: Team, red: Card) -> None:
    """The case's number stays with the card, its content does not."""
    with hall(team.ref):
        Case.objects.filter(id=red.case).update(lead_unit=None, lead_unit_name="")
        shown = queries.card(red.id, team.handler)

    assert shown["case"]["title"] is None
    assert shown["case"]["number"] == red.number


def test_a_sealed_cases_cards_are_nobodys(team: Team, red: Card) -> None:
    """C-13: not even the supervisor's list shows them."""
    with hall(team.ref):
        Case.objects.filter(id=red.case).update(sealed=True)
        supervisor = people.staff_in(team.ref, Role.SUPERVISOR)
        assert not queries.cards(queries.Wanted(), supervisor).exists()
        with pytest.raises(NotFound):
            queries.card(red.id, team.handler)
