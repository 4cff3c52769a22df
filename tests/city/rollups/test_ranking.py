"""Bands and rank intervals say no more than the sample does (frontend.md §2, domain.md §5.4)."""

from random import Random
from uuid import UUID

from bancheng.city.rollups.ranking import Band, Entry, group_mean, standings
from bancheng.city.rollups.rates import shrink


def hall(number: int) -> UUID:
    return UUID(int=number)


def peers(*counts: tuple[float, int]) -> list[Entry]:
    return [Entry(hall(i), x, n) for i, (x, n) in enumerate(counts, start=1)]


def test_a_small_hall_gets_no_percentage_and_no_rank() -> None:
    result = standings(peers((9, 9), (90, 100), (80, 100)))

    small = result[hall(1)]
    assert (small.band, small.value, small.rank) == (Band.SMALL, None, None)
    assert result[hall(2)].rank is not None


def test_a_hall_that_counted_nothing_shows_nothing() -> None:
    nothing = standings(peers((0, 0), (90, 100)))[hall(1)]

    assert (nothing.value, nothing.shrunk, nothing.low, nothing.band) == (
        None,
        None,
        None,
        Band.SMALL,
    )


def test_a_bar_that_crosses_the_mean_is_neither_better_nor_worse() -> None:
    group = peers((95, 100), (94, 100), (93, 100), (92, 100))

    assert {s.band for s in standings(group).values()} == {Band.SAME}


def test_clear_differences_are_named() -> None:
    result = standings(peers((990, 1000), (900, 1000), (900, 1000), (700, 1000)))

    assert [result[hall(i)].band for i in (1, 2, 4)] == [Band.BETTER, Band.BETTER, Band.WORSE]
    assert result[hall(1)].rank == (1, 1)
    assert result[hall(2)].rank == result[hall(3)].rank == (2, 3)
    assert result[hall(4)].rank == (4, 4)


def test_indistinguishable_halls_share_nearly_all_ranks() -> None:
    """Of ten equal halls each may stand anywhere; 90 % of the orderings leave out a tail."""
    result = standings(peers(*[(90, 100)] * 10))

    assert all(s.rank == (1, 10) for s in result.values())


def test_a_lone_hall_is_not_first_of_one() -> None:
    alone = standings(peers((90, 100)))[hall(1)]

    assert (alone.rank, alone.band, alone.value) == (None, Band.SAME, 0.9)


def test_a_perfect_group_is_all_the_same() -> None:
    result = standings(peers((50, 50), (20, 20)))

    assert {s.band for s in result.values()} == {Band.SAME}


def test_the_mean_counts_the_small_halls_too() -> None:
    assert group_mean(peers((9, 9), (90, 100), (0, 0))) == 99 / 109


def test_the_same_figures_always_give_the_same_ranks_in_any_order() -> None:
    group = peers(*[(80 + i, 100) for i in range(15)])

    assert standings(group) == standings(list(reversed(group)))


def test_rank_intervals_agree_with_exact_beta_draws() -> None:
    """40 halls of very different size against 4,000 orderings drawn from the Beta distribution."""
    source = Random(3)
    sizes = [source.randint(10, 900) for _ in range(40)]
    group = peers(*[(round(n * source.uniform(0.8, 0.99)), n) for n in sizes])
    mean = group_mean(group)
    assert mean is not None
    places: list[list[int]] = [[] for _ in group]
    for _ in range(4_000):
        scores = []
        for entry in group:
            middle, weight = shrink(entry.x, entry.n, mean), entry.n + 20
            scores.append(source.betavariate(middle * weight, (1 - middle) * weight))
        for place, index in enumerate(sorted(range(40), key=scores.__getitem__, reverse=True)):
            places[index].append(place + 1)

    result = standings(group)

    for entry, drawn in zip(group, places, strict=True):
        drawn.sort()
        rank = result[entry.hall].rank
        assert rank is not None
        assert abs(rank[0] - drawn[199]) <= 2
        assert abs(rank[1] - drawn[3_799]) <= 2
