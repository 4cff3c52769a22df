"""Lines with their hours, and the windows that call from them, by letter and by number."""

from collections.abc import Mapping
from typing import Any

from apps.setup.configuration import Entries, Entry, Part, part
from apps.setup.errors import UnknownFormat
from apps.windows import queries as windows
from apps.windows import services
from apps.windows.rules import WindowKind
from apps.windows.services import Spans
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

_TEXT: Mapping[str, int] = {"name": 40, "group": 40}
_NUMBERS: Mapping[str, tuple[int, int]] = {
    "position": (0, 999),
    "slot_capacity": (0, 99),
    "lunch_shift": (-120, 120),
}
_SWITCHES = ("active", "kiosk", "carry_over")
_HOURS = ("hours", "weekdays")
_MOST_ITEMS = 200


def _lines() -> Entries:
    found: dict[str, Entry] = {}
    for one in windows.queues():
        made = [each for each in windows.hours_of(one.id) if each.effective_from <= clock.today()]
        spans = {name: getattr(made[0], name) if made else [] for name in _HOURS}
        terms = {name: getattr(one, name) for name in (*_TEXT, *_NUMBERS, *_SWITCHES)}
        found[one.prefix] = {
            **terms,
            "item_codes": list(one.item_codes),
            "contingent": one.contingent,
            **spans,
        }
    return found


def _put_lines(wanted: Entries, by: Actor) -> None:
    known = {one.prefix: one.id for one in windows.queues()}
    before = _lines()
    for prefix, entry in wanted.items():
        given = _mapping("lines", prefix, entry)
        terms = _terms(prefix, given)
        ident = known.get(prefix)
        if ident is None:
            ident = services.add_queue(prefix=prefix, by=by, **terms)
        else:
            services.change_queue(queue_id=ident, by=by, **terms)
        spans = _spans(prefix, given)
        if spans != _spans(prefix, _mapping("lines", prefix, before.get(prefix) or {})):
            services.set_hours(queue_id=ident, effective_from=clock.today(), spans=spans, by=by)


def _terms(prefix: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a line; raises UnknownFormat for what cannot be one."""
    codes, contingent = given.get("item_codes", []), given.get("contingent")
    sound = (
        all(_is_text(given.get(name), most) for name, most in _TEXT.items())
        and all(_is_number(given.get(name), *bounds) for name, bounds in _NUMBERS.items())
        and all(isinstance(given.get(name), bool) for name in _SWITCHES)
        and isinstance(codes, list)
        and len(codes) <= _MOST_ITEMS
        and all(_is_text(code, 40) for code in codes)
        and (contingent is None or _is_number(contingent, 0, 9_999))
    )
    if not sound:
        raise UnknownFormat(part="lines", entry=prefix)
    names = (*_TEXT, *_NUMBERS, *_SWITCHES)
    return {name: given[name] for name in names} | {"item_codes": codes, "contingent": contingent}


def _spans(prefix: str, given: Mapping[str, Any]) -> Spans:
    hours, weekdays = given.get("hours") or [], given.get("weekdays") or []
    pairs = isinstance(hours, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(_is_text(at, 5) for at in pair)
        for pair in hours
    )
    days = isinstance(weekdays, list) and all(_is_number(day, 1, 7) for day in weekdays)
    if not (pairs and days):
        raise UnknownFormat(part="lines", entry=prefix)
    return Spans(tuple((pair[0], pair[1]) for pair in hours), tuple(weekdays))


def _windows() -> Entries:
    letters = {one.id: one.prefix for one in windows.queues()}
    return {
        one.window.number: {
            "name": one.window.name,
            "kind": one.window.kind,
            "position": one.window.position,
            "lines": [letters[each] for each in one.window.queue_ids],
        }
        for one in windows.windows()
    }


def _put_windows(wanted: Entries, by: Actor) -> None:
    known = {one.window.number: one.window.id for one in windows.windows()}
    lines = {one.prefix: one.id for one in windows.queues()}
    for number, entry in wanted.items():
        given = _mapping("windows", number, entry)
        letters, kind = given.get("lines", []), given.get("kind")
        sound = (
            _is_text(given.get("name"), 40)
            and _is_text(number, 8)
            and kind in set(WindowKind)
            and _is_number(given.get("position"), 0, 999)
            and isinstance(letters, list)
            and all(isinstance(letter, str) and letter in lines for letter in letters)
        )
        if not sound:
            raise UnknownFormat(part="windows", entry=number[:8])
        terms: dict[str, Any] = {
            "name": given["name"],
            "kind": WindowKind(str(kind)),
            "position": given["position"],
            "queue_ids": [lines[letter] for letter in letters],
        }
        if number in known:
            services.change_window(window_id=known[number], by=by, **terms)
        else:
            services.add_window(number=number, by=by, **terms)


def _mapping(name: str, entry: str, given: Entry) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UnknownFormat(part=name, entry=entry[:40])
    return given


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most


def _is_number(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


part(Part("lines", _lines, _put_lines, after=20))
part(Part("windows", _windows, _put_windows, after=21))
