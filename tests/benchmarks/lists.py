"""W3 and W4: lists of 100,000 cases by page, filter and order, and the search in them; each beside
the same rows read by bare SQL with the same index."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from apps.cases.listing import words
from bancheng.kernel.actor import Role
from tests.benchmarks import texts
from tests.benchmarks.browser import Browser, WrongAnswer
from tests.benchmarks.floors import Floors
from tests.benchmarks.measuring import Act, Side, Workload
from tests.benchmarks.world import World, person

WHERE = ("app", "db")
PAGE = 25
OPEN_STATES = "registered,triaged,dispatched,returned,signed,in_progress,replied,reviewed"
_NEWEST = "ORDER BY registered_at DESC, id DESC"
_CLOSED = "ORDER BY closed_at DESC, id DESC"
_OVERHEAD = "≤ 1.5 × SQL + 2 ms"
_STRETCH = "≤ 0.8 ms"


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as an address, and as bare SQL."""

    name: str
    query: str
    where: str
    order: str = _NEWEST
    goal: tuple[str, float | None] = (_OVERHEAD, None)


LISTS = (
    Asked("by state", f"state={OPEN_STATES}", "state = 'signed'", goal=("≤ 2 ms", 2000.0)),
    Asked("by department", f"department={texts.UNIT}", f"lead_unit = '{texts.UNIT}'"),
    Asked("by blocking reason", "reason=B3", "blocking_reason = 'B3'"),
    Asked("urgent ones", "urgency=urgent", "urgency = 'urgent'"),
    Asked("due first", "sort=due_at", "due_at IS NOT NULL", "ORDER BY due_at, id"),
    Asked("closed last", "sort=-closed_at", "closed_at IS NOT NULL", _CLOSED),
    Asked("by number", "sort=number", "true", "ORDER BY number"),
)
SEARCHES = (
    ("in a third of all cases", texts.COMMON_WORD),
    ("in a tenth", texts.MEDIUM_WORD),
    ("in one of two thousand, a rare character", texts.RARE_WORD),
    ("in none", "钻石"),
)


class Lists:
    """The desk of the busy hall reads its lists."""

    def __init__(self, world: World, floors: Floors, count: int) -> None:
        person(world.street, "reader", Role.DESK_OFFICER)
        self._page: Browser = world.browser(world.street, "reader")
        self._world, self._floors, self._count = world, floors, count

    def workloads(self) -> list[Workload]:
        first = self._list(LISTS[0])
        return [first, self._fortieth(first), *map(self._list, LISTS[1:]), *self._searches()]

    def _list(self, asked: Asked) -> Workload:
        floor = self._floors.cases(f"WHERE {asked.where} AND NOT sealed {asked.order}", self._count)
        path, (target, goal) = f"cases?{asked.query}&limit={PAGE}", asked.goal
        side = Side(lambda: self._reads(path, PAGE), WHERE)
        name = f"list {asked.name}, page 1"
        return Workload("W3", name, side, "the same rows, bare SQL", floor, target, goal, _STRETCH)

    def _fortieth(self, first: Workload) -> Workload:
        """Page 40 beside page 1."""
        path = f"cases?{LISTS[0].query}&limit={PAGE}"
        later = f"{path}&cursor={self._cursor(path, 39)}"
        side = Side(lambda: self._reads(later, PAGE), WHERE)
        name = f"list {LISTS[0].name}, page 40"
        return Workload("W3", name, side, "page 1", first.product, "≤ 1.1", None)

    def _searches(self) -> list[Workload]:
        return [self._search(name, word) for name, word in SEARCHES]

    def _search(self, name: str, word: str) -> Workload:
        """Two characters; every id of the first page is compared with a scan."""
        expected = self._scanned(word)
        path = f"cases?q={quote(word)}&limit={PAGE}"
        pieces = ", ".join(map(str, words.pieces_of_word(word)))
        schema = self._world.street.schema_name
        floor = self._floors.cases(
            f"JOIN {schema}.cases_casetext t ON t.case_id = id"
            f" WHERE t.pieces @> ARRAY[{pieces}] AND NOT sealed {_NEWEST}",
            self._count,
            len(expected),
        )
        side = Side(lambda: self._reads(path, len(expected), expected), WHERE)
        title = f"search a word {name}"
        floor_name = "GIN read, bare SQL"
        return Workload("W4", title, side, floor_name, floor, "p50 ≤ 15 ms", 15_000.0, "≤ 5 ms")

    def _scanned(self, word: str) -> list[UUID]:
        """What a page has to show, by looking into every case; the newest first."""
        schema, like = self._world.street.schema_name, f"%{word}%"
        said = "title || chr(10) || detail || chr(10) || want || chr(10) || number"
        found = self._world.root.execute(
            f"SELECT id FROM {schema}.cases_case WHERE {said} ILIKE %s AND NOT sealed"
            f" {_NEWEST} LIMIT {PAGE}",
            [like],
        ).fetchall()
        return [row[0] for row in found]

    def _cursor(self, path: str, pages: int) -> str:
        """The cursor after so many pages."""
        cursor = ""
        for _ in range(pages):
            found = self._page.get(f"{path}&cursor={cursor}" if cursor else path)
            cursor = str(found.body["next"])
        return cursor

    def _reads(self, path: str, rows: int, expected: Sequence[UUID] | None = None) -> list[Act]:
        def act() -> None:
            found = self._page.get(path).body["results"]
            if len(found) != rows:
                raise WrongAnswer(f"{len(found)} rows instead of {rows}: {path}")
            if expected is not None and [row["id"] for row in found] != list(map(str, expected)):
                raise WrongAnswer(f"a scan finds other cases: {path}")

        return [act] * self._count
