"""What a place decided itself: parameters, limits, service items done differently.

What it inherits from a hall above or from the network is not its own and not in the document.
"""

from collections.abc import Mapping

from apps.policies import services as policies
from apps.setup import permissions
from apps.setup.configuration import Entries, Entry, Part, part
from apps.setup.errors import UnknownFormat
from bancheng.city.calendar import listings
from bancheng.city.calendar.services import NewLimit
from bancheng.city.catalogue import keeping
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue.queries import AtHall
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters import registry
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

_TAKEN_OVER = "配置导入"


def _parameters() -> Entries:
    made = {key: parameters.in_force(key) for key in sorted(registry.known())}
    return {key: one.value for key, one in made.items() if one is not None and one.own}  # type: ignore[misc]


def _put_parameters(wanted: Entries, by: Actor) -> None:
    for key, value in wanted.items():
        given = NewValue(key, value, _TAKEN_OVER, clock.today())  # type: ignore[arg-type]
        policies.decide_value(given, by=by)


def _limits() -> Entries:
    found: dict[str, Entry] = {}
    for one in listings.limits():
        mine = [made for made in one.decisions if made.origin.mine and made.origin.hall]
        held = [made for made in mine if made.effective_from <= clock.today()]
        if held:
            newest = max(held, key=lambda made: made.effective_from)
            found[f"{one.stage}/{one.category}"] = newest.rule
    return found


def _put_limits(wanted: Entries, by: Actor) -> None:
    for key, rule in wanted.items():
        stage, _, category = key.partition("/")
        if not isinstance(rule, str):
            raise UnknownFormat(part="limits", entry=key)
        policies.decide_limit(NewLimit(stage, category, rule, _TAKEN_OVER, clock.today()), by=by)


def _items() -> Entries:
    names = ("offered", "limit_days", "place")
    return {one.item: {name: getattr(one, name) for name in names} for one in catalogue.at_hall()}


def _put_items(wanted: Entries, by: Actor) -> None:
    permissions.require(by, "setup.configure")
    for code, entry in wanted.items():
        keeping.decide_here(_at_hall(code, entry), by=by)


def _at_hall(code: str, entry: Entry) -> AtHall:
    given = entry if isinstance(entry, Mapping) else {}
    offered, days, place = (given.get(name) for name in ("offered", "limit_days", "place"))
    sound = (
        isinstance(offered, bool)
        and (days is None or (isinstance(days, int) and not isinstance(days, bool)))
        and isinstance(place, str)
        and len(place) <= 80
        and len(code) <= 40
    )
    if not sound:
        raise UnknownFormat(part="items", entry=code[:40])
    return AtHall(code, bool(offered), days, str(place), clock.today())  # type: ignore[arg-type]


part(Part("parameters", _parameters, _put_parameters, after=40, inherited=True))
part(Part("limits", _limits, _put_limits, after=41, inherited=True))
part(Part("items", _items, _put_items, after=42))
