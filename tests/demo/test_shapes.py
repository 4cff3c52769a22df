"""The year of history: its shares add up and its shape is the one domain.md §7 asks for."""

from math import isclose

import pytest

from apps.cases import rules
from bancheng.config.demo.content import DemoContent, Hall, load
from bancheng.kernel.hall import Level

CONTENT: DemoContent = load()
SHAPES = CONTENT.shapes


def leads(hall: Hall, units: tuple[str, ...], levels: tuple[str, ...]) -> bool:
    """Whether the hall can have such a case: its level, and a unit that leads it."""
    return hall.level in levels and bool({d.code for d in hall.departments} & set(units))


def test_shares_add_up_to_one_and_factors_to_their_mean() -> None:
    assert isclose(sum(SHAPES.arrivals), 1)
    assert isclose(sum(SHAPES.cases.causes.values()), 1)
    assert isclose(sum(SHAPES.receptions.values()), 1)
    assert isclose(sum(SHAPES.weekdays), 5)
    assert isclose(sum(SHAPES.months), 12)
    assert (len(SHAPES.arrivals), len(SHAPES.weekdays), len(SHAPES.months)) == (14, 5, 12)


def test_every_hall_has_a_shape_and_every_ticket_a_queue() -> None:
    timed = {queue.prefix for queue in SHAPES.queues}

    assert {shape.hall for shape in SHAPES.halls} == set(CONTENT.halls)
    for shape in SHAPES.halls:
        prefixes = {queue.prefix for queue in CONTENT.halls[shape.hall].queues}
        assert set(shape.tickets) == prefixes - {"Z"}
        assert prefixes <= timed


def test_volumes_stay_in_the_published_range() -> None:
    assert all(30 <= shape.receptions <= 600 for shape in SHAPES.halls)
    assert all(0 <= shape.cases <= 8 for shape in SHAPES.halls)
    assert 0.05 <= SHAPES.cases.overdue_share <= 0.08


def test_three_halls_are_quiet_and_one_of_them_is_risky() -> None:
    quiet = [shape.hall for shape in SHAPES.halls if len(shape.quiet_months) >= 4]
    risky = [shape.hall for shape in SHAPES.halls if shape.quiet_but_risky]

    assert sorted(quiet) == ["matou", "shiqiao", "songling"]
    assert risky == ["songling"]


def test_two_matters_come_back_in_at_least_three_halls() -> None:
    assert len(SHAPES.clusters) == 2
    for cluster in SHAPES.clusters:
        texts = [t for t in CONTENT.templates if t.cluster == cluster.code]

        assert len(cluster.halls) >= 3
        for slug in cluster.halls:
            assert any(leads(CONTENT.halls[slug], t.units, t.levels) for t in texts)


def test_thirty_templates_name_only_what_exists() -> None:
    clusters = {cluster.code for cluster in SHAPES.clusters}

    assert len({t.title for t in CONTENT.templates}) == len(CONTENT.templates) >= 30
    for template in CONTENT.templates:
        assert template.item in CONTENT.items
        assert template.reason in rules.BLOCKING_REASONS
        assert set(template.units) <= set(CONTENT.units)
        assert template.cluster is None or template.cluster in clusters
        explained = template.outcome is rules.Outcome.EXPLAINED
        assert explained == (template.cause is rules.Cause.CANNOT)
        assert explained == (template.basis in CONTENT.legal_bases)


@pytest.mark.parametrize("hall", CONTENT.halls.values(), ids=lambda hall: hall.slug)
def test_every_hall_can_have_each_kind_of_background_case(hall: Hall) -> None:
    fitting = [t for t in CONTENT.templates if leads(hall, t.units, t.levels)]
    causes = {t.cause for t in fitting}

    assert len(fitting) >= 4
    assert causes >= {rules.Cause.HARD, rules.Cause.CANNOT}
    assert rules.Cause.UNWILLING in causes or hall.level is Level.DISTRICT
