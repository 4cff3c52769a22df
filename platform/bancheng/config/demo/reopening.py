"""Finding the demo city again in a database where it was opened before."""

from collections.abc import Mapping

from apps.staff import queries as staff
from apps.windows import queries as windows
from bancheng.config.demo.content import DemoContent
from bancheng.config.demo.opening import DOMAIN, OpenHall
from bancheng.kernel.hall import hall
from tenants import directory


def found_city(content: DemoContent) -> Mapping[str, OpenHall]:
    """The halls of the content that exist, with departments, people, queues and windows."""
    halls: dict[str, OpenHall] = {}
    for slug, script in content.halls.items():
        ref = directory.by_host(f"{slug}.{DOMAIN}")
        if ref is not None:
            halls[slug] = OpenHall(script, ref)
            with hall(ref):
                _find(halls[slug])
    return halls


def _find(opened: OpenHall) -> None:
    by_name = {row["name"]: row["id"] for row in staff.departments()}
    opened.departments.update({unit.code: by_name[unit.name] for unit in opened.script.departments})
    for person in opened.script.staff:
        actor = staff.actor_named(person.username)
        if actor is not None:
            opened.people[person.username] = actor
    opened.queues.update({queue.prefix: queue.id for queue in windows.queues()})
    opened.windows.update({int(one.window.number): one.window.id for one in windows.windows()})
