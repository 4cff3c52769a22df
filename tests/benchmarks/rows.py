"""100,000 cases in one hall in seconds: two cases made by the services, copied inside SQL.

The copies differ in id, number, times, words and codes (`texts`) and keep everything else, so that
they have the width and the history of real rows. The newest 8,000 are open and closed in turn,
older ones closed; every twentieth closed case keeps its whole history, the others its first three
lines.
"""

from uuid import UUID

import psycopg

from apps.cases import queries as cases
from bancheng.kernel.hall import hall
from tests.benchmarks import texts
from tests.benchmarks.world import World
from tests.support.cases import Team

CASES = 100_000
_NEWEST = 8_000
_TABLES = (
    "cases_case",
    "cases_reception",
    "cases_applicant",
    "cases_caseevent",
    "cases_deadline",
    "cases_casetext",
)
_AT = "now() - interval '1 hour' - n * interval '4 minutes'"
_ID = (
    "(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0')"
    " || '7' || substr(md5('{salt}' || n || {more}), 1, 19))::uuid"
)
_OPEN = f"n < {_NEWEST} AND mod(n, 2) = 0"
_WHOLE = "mod(n, 20) = 1"


def fill(world: World, count: int) -> list[UUID]:
    """Fill the street hall; ids of closed cases that keep their whole history."""
    team = Team(world.street)
    closed, open_ = team.closed().id, team.signed().id
    schema = world.street.schema_name
    with world.root.transaction():
        world.root.execute("SET LOCAL session_replication_role = replica")
        world.root.execute(f"SET LOCAL search_path = {schema}, public")
        world.root.execute("SET LOCAL work_mem = '64MB'")
        for which, original in ((f"NOT ({_OPEN})", closed), (_OPEN, open_)):
            _copy(world.root, original, which, count)
        found = world.root.execute(
            "SELECT c.id FROM cases_case c JOIN cases_caseevent e ON e.case_id = c.id"
            " WHERE c.state = 'closed' AND c.id <> %s GROUP BY c.id"
            " HAVING count(*) > 3 ORDER BY c.id LIMIT 400",
            [closed],
        )
        ids = [row[0] for row in found]
    texts.write(world.root, schema)
    for table in _TABLES:
        world.root.execute(f"VACUUM (ANALYZE) {schema}.{table}")
    _check(world, ids[0])
    return ids


def _copy(root: psycopg.Connection, original: UUID, which: str, count: int) -> None:
    """The case, its reception, applicant, history and clocks."""
    at, rows = _AT, f"generate_series(1, {count}) n"
    case, reception = _id("c"), _id("r")
    came = _from("cases_reception", f"'id', {reception}, 'at', {at}", "id", rows, which)
    root.execute(
        f"{came.removesuffix('%s')}(SELECT reception_id FROM cases_case WHERE id = %s)", [original]
    )
    changed = (
        f"'id', {case}, 'reception_id', {reception}, 'registered_at', {at},"
        " 'number', 'BCS-' || lpad((1000000000 - n)::text, 10, '0'),"
        f" 'closed_at', CASE WHEN o.closed_at IS NULL THEN NULL ELSE {at} + interval '5 days' END,"
        " 'due_at', CASE WHEN o.due_at IS NULL THEN NULL"
        f" ELSE {at} + (o.due_at - o.registered_at) END, {texts.VARIED}"
    )
    root.execute(_from("cases_case", changed, "id", rows, which), [original])
    root.execute(_from("cases_applicant", f"'case_id', {case}", "case_id", rows, which), [original])
    event = f"'id', {_id('e', 'o.seq')}, 'case_id', {case}, 'at', {at} + o.seq * interval '1 hour'"
    kept = f"{which} AND ({_WHOLE} OR o.seq <= 3)"
    root.execute(_from("cases_caseevent", event, "case_id", rows, kept), [original])
    clock = (
        f"'id', {_id('d', 'o.id::text')}, 'case_id', {case}, 'started_at', {at},"
        f" 'due_at', {at} + (o.due_at - o.started_at),"
        f" 'due_on', ({at} + (o.due_at - o.started_at))::date"
    )
    kept = f"{which} AND ({_WHOLE} OR o.ended = '' OR o.stage = 'resolve')"
    root.execute(_from("cases_deadline", clock, "case_id", rows, kept), [original])


def _id(salt: str, more: str = "''") -> str:
    return _ID.format(at=_AT, salt=salt, more=more)


def _from(table: str, changed: str, column: str, rows: str, which: str) -> str:
    """Copies of the rows of one original, `changed` in the new ones; ends with its placeholder.

    In FROM the function runs once for a row, in the select list once for every column.
    """
    return (
        f"INSERT INTO {table} SELECT made.* FROM {rows} JOIN {table} o ON true"
        f" CROSS JOIN LATERAL jsonb_populate_record(o, jsonb_build_object({changed})) made"
        f" WHERE {which} AND o.{column} = %s"
    )


def _check(world: World, case_id: UUID) -> None:
    """A copy is a case to the product too."""
    with hall(world.street):
        assert cases.standing(case_id).state == "closed"
