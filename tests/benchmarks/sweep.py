"""Every order of the allow-list with every filter and every kind of word, 100,000 cases: what the
database spends on the product's page beside the same rows by SQL written by hand.

By hand there are two ways to read a page: along the order until it is full, or everything that fits
and then sorted. The better one counts, so that a wrong choice of the product's shows.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from apps.cases.listing import pages, rows, sorts, words
from apps.cases.listing.narrowing import beginning, narrowed
from apps.cases.listing.wanted import Span, Wanted
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.benchmarks import texts
from tests.benchmarks.counts import Count
from tests.benchmarks.world import World, person

PAGE, ROUNDS, WORST = 25, 3, 8
QUICK_US = 2000.0
NOISE_US = 500.0
"""What two looks at the same statement differ by on a machine with neighbours."""
_COLUMNS = (
    "c.id, number, title, state, cause, blocking_reason, urgency, confidential, registered_at,"
    " due_at, lead_unit, lead_unit_name, first_responder_name, version"
)
_NEWEST = "registered_at DESC, c.id DESC"
_OPEN = ("registered", "triaged", "dispatched", "returned", "signed", "in_progress", "replied")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as the product knows it, and as a condition."""

    name: str
    wanted: Wanted
    where: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One combination: microseconds of the database for the product's page and for the bare one."""

    name: str
    product: float
    bare: float

    @property
    def over(self) -> float:
        """How far beyond one and a half times the bare statement."""
        return self.product - 1.5 * self.bare


def _span(column: str, first: date, last: date) -> str:
    after = beginning(last + timedelta(days=1))
    return f"{column} >= '{beginning(first)}' AND {column} < '{after}'"


def filters() -> Iterator[Filter]:
    """Those of the allow-list, and spans of a week and of half a year."""
    today, unit = clock.today(), UUID(texts.UNIT)
    states = ", ".join(f"'{state}'" for state in _OPEN)
    yield Filter("all", Wanted(), "true")
    yield Filter("open", Wanted(states=_OPEN), f"state IN ({states})")
    yield Filter("signed", Wanted(states=["signed"]), "state = 'signed'")
    yield Filter("reviewed", Wanted(states=["reviewed"]), "state = 'reviewed'")
    yield Filter("closed", Wanted(states=["closed"]), "state = 'closed'")
    yield Filter("cause", Wanted(cause="hard"), "cause = 'hard'")
    yield Filter("reason", Wanted(blocking_reasons=["B3"]), "blocking_reason = 'B3'")
    yield Filter("outcome", Wanted(outcomes=["done"]), "outcome = 'done'")
    yield Filter("urgent", Wanted(urgency="urgent"), "urgency = 'urgent'")
    yield Filter("phone", Wanted(channel="phone"), "channel = 'phone'")
    yield Filter("department", Wanted(department=unit), f"lead_unit = '{unit}'")
    yield Filter("responder", Wanted(first_responder=unit), f"first_responder_post = '{unit}'")
    yield Filter("handler", Wanted(handler=unit), f"handler_post = '{unit}'")
    yield Filter("confidential", Wanted(confidential=True), "confidential")
    yield Filter("reopened", Wanted(reopened=True), "reopen_count > 0")
    yield Filter("came", Wanted(referral="in"), "letter_in IS NOT NULL")
    yield Filter("sent", Wanted(referral="out"), "letter_out IS NOT NULL")
    yield Filter("overdue", Wanted(due="overdue"), f"due_at < '{clock.now()}'")
    for name, back, days in (("a week", 200, 6), ("half a year", 182, 181)):
        first = today - timedelta(days=back)
        last = first + timedelta(days=days)
        said = Span(first, last)
        registered = _span("registered_at", first, last)
        yield Filter(f"registered in {name}", Wanted(registered=said), registered)
        yield Filter(f"closed in {name}", Wanted(closed=said), _span("closed_at", first, last))
        yield Filter(f"due in {name}", Wanted(due_on=said), _span("due_at", first, last))


WORDS = ("", texts.COMMON_WORD, texts.MEDIUM_WORD, texts.RARE_WORD, "钻石")


def _parts(sort: str) -> list[tuple[str, str]]:
    """Condition and order of each part, by hand."""
    way = "DESC" if sort.startswith("-") else "ASC"
    known: dict[str, list[tuple[str, str]]] = {
        "registered_at": [("true", f"registered_at {way}, c.id {way}")],
        "number": [("true", f"number {way}")],
        "due_at": [
            ("due_at IS NOT NULL", f"due_at {way}, c.id {way}"),
            ("due_at IS NULL", _NEWEST),
        ],
        "closed_at": [
            ("closed_at IS NOT NULL", f"closed_at {way}, c.id {way}"),
            ("state <> 'closed'", _NEWEST),
        ],
        "urgency": [("urgency = 'urgent'", _NEWEST), ("urgency <> 'urgent'", _NEWEST)],
    }
    found = known[sort.lstrip("-")]
    return found[::-1] if sort == "urgency" else found


class Sweep:
    """Reads every combination in one hall, product and bare statement in turns."""

    def __init__(self, root: psycopg.Connection, ref: HallRef, by: Actor) -> None:
        self._root, self._ref, self._by = root, ref, by
        self._pid = root.info.backend_pid

    def run(self) -> list[Seen]:
        """All of them, the worst first."""
        self._root.execute(f"SET search_path = {self._ref.schema_name}, public")
        with hall(self._ref):
            everything = itertools.product(sorts.SORTS, filters(), WORDS)
            found = [self._seen(*one) for one in everything]
        self._root.execute("RESET search_path")
        return sorted(found, key=lambda seen: seen.over, reverse=True)

    def _seen(self, sort: str, narrowing: Filter, word: str) -> Seen:
        product, bare = [], []
        for _ in range(ROUNDS):
            product.append(self._product(sort, narrowing, word))
            bare.append(self._bare(sort, narrowing.where, word))
        name = f"{sort}, {narrowing.name}" + (f", “{word}”" if word else "")
        return Seen(name, median(product), median(bare))

    def _product(self, sort: str, narrowing: Filter, word: str) -> float:
        wanted = replace(narrowing.wanted, text=word)
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        return _spent(pid, lambda: self._page(sort, wanted))

    def _page(self, sort: str, wanted: Wanted) -> None:
        found = narrowed(wanted, self._by)
        order = sorts.suited(sorts.of(sort), wanted)
        pages.page(found, order, limit=PAGE, columns=rows.COLUMNS)

    def _bare(self, sort: str, where: str, word: str) -> float:
        """The better one of both ways; nobody asks for a better one than the quick."""
        walked = _spent(self._pid, lambda: self._read(sort, where, word))
        if walked < QUICK_US:
            return walked
        return min(walked, _spent(self._pid, lambda: self._read(sort, where, word, gathered=True)))

    def _read(self, sort: str, where: str, word: str, *, gathered: bool = False) -> None:
        """Part after part until the page is full."""
        left = PAGE + 1
        beside, says = _of_word(word)
        for when, order in _parts(sort):
            way = _gathered(order) if gathered else order
            asked = (
                f"SELECT {_COLUMNS} FROM cases_case c {beside}"
                f" WHERE NOT sealed AND {when} AND {where} {says} ORDER BY {way} LIMIT {left}"
            )
            left -= len(self._root.execute(asked.encode()).fetchall())
            if not left:
                return


def _of_word(word: str) -> tuple[str, str]:
    """The table of words and the condition on it."""
    if not word:
        return "", ""
    pieces = ", ".join(map(str, words.pieces_of_word(word)))
    holds = f"(strpos(t.plain, '{word}') > 0 OR strpos(t.holder, '{word}') > 0)"
    return (
        "JOIN cases_casetext t ON t.case_id = c.id",
        f"AND t.pieces @> ARRAY[{pieces}] AND {holds}",
    )


def _gathered(order: str) -> str:
    """The same order under an expression that no index knows."""
    first, _, rest = order.partition(" ")
    return f"coalesce({first}, {first}) {rest}"


def _spent(pid: int, act: Callable[[], Any]) -> float:
    """Microseconds of the backend for this."""
    before = _so_far(pid)
    act()
    return (_so_far(pid) - before) / 1e3


def _so_far(pid: int) -> int:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def counted(world: World) -> list[Count]:
    """How many combinations there are, how many cost more than they may, and the worst of them."""
    by = person(world.street, "sweeper", Role.DESK_OFFICER)
    found = Sweep(world.root, world.street, by).run()
    beyond = [seen for seen in found if seen.over > NOISE_US]
    share = f"{len(beyond)} of {len(found)}"
    worst = [
        Count(seen.name, f"{seen.product / 1e3:.1f} ms, bare {seen.bare / 1e3:.1f} ms")
        for seen in found[:WORST]
    ]
    return [Count("lists whose page costs the database more than 1.5 × bare", share, "0"), *worst]
