"""The scratch network `replay`: its halls, queues and windows, made where they are missing.

Real halls are never touched, whatever the file calls its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from string import ascii_uppercase
from uuid import UUID

from apps.windows import queries, services
from apps.windows.rules import WindowKind
from bancheng.config.replay.planning import QueueKey
from bancheng.config.replay.reading import Row
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, Level, hall
from bancheng.services.audit import chain as audit
from tenants import directory, provisioning
from tenants.models import Hall
from tenants.provisioning import NewHall
from tenants.schema_sql import OWNER

NETWORK = "replay"
_TOP = NewHall(NETWORK, "重放市", Level.CITY, f"{NETWORK}.{NETWORK}.localhost")
_LONGEST_SLUG, _LONGEST_QUEUE = 40, 40
_is_slug = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?").fullmatch


@dataclass(slots=True)
class Place:
    """A hall of the file: its queues by the name in the file, and their windows by count."""

    ref: HallRef
    queues: dict[str, UUID] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    windows: dict[tuple[str, int], UUID] = field(default_factory=dict)
    made: int = 0


def open_places(rows: Iterable[Row]) -> tuple[dict[str, Place], int]:
    """The file's halls with their queues, by the hall's name in the file; the halls made."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.hall, set()).add(row.queue)
    places, made = {}, 0
    for name in sorted(wanted):
        ref, new = _hall(name)
        places[name] = Place(ref)
        made += new
        with hall(ref):
            _add_queues(places[name], wanted[name])
    return places, made


def add_windows(places: Mapping[str, Place], wanted: Mapping[QueueKey, int]) -> None:
    """As many windows per queue as the day needs, named by the queue's letter: A1, A2, …"""
    for (hall_name, queue), count in wanted.items():
        place = places[hall_name]
        with hall(place.ref):
            known = {now.window.number: now.window.id for now in queries.windows()}
            for number in range(1, count + 1):
                name = f"{place.prefixes[queue]}{number}"
                place.windows[queue, number] = known.get(name) or services.add_window(
                    number=name,
                    name=_short(queue),
                    kind=WindowKind.INTEGRATED,
                    queue_ids=[place.queues[queue]],
                    by=SYSTEM,
                )


def slug_of(name: str) -> str:
    """The name itself where it can be part of a host, else what can be kept of it with a tail
    that no other name has."""
    if _is_slug(name) and name != NETWORK:
        return name
    kept = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "hall"
    tail = sha256(name.encode()).hexdigest()[:8]
    return f"{kept[: _LONGEST_SLUG - 9].rstrip('-')}-{tail}"


def _hall(name: str) -> tuple[HallRef, bool]:
    network = provisioning.open_network(slug=NETWORK, name=_TOP.name)
    halls = Hall.objects.using(OWNER).filter(network=network)
    top = halls.filter(slug=NETWORK).first() or provisioning.open_hall(network=network, wanted=_TOP)
    slug = slug_of(name)
    found = halls.filter(slug=slug).first()
    if found is not None:
        return directory.by_schema(found.schema_name), False
    wanted = NewHall(slug, name, Level.STREET, f"{slug}.{NETWORK}.localhost", parent=top.id)
    ref = directory.by_schema(provisioning.open_hall(network=network, wanted=wanted).schema_name)
    with hall(ref):
        audit.record("hall.opened", subject="hall", subject_id=ref.id, by=SYSTEM)
    return ref, True


def _add_queues(place: Place, wanted: set[str]) -> None:
    """Queues are known by their name; one called by a letter or two keeps it, if it is free."""
    known = {queue.name: queue for queue in queries.queues()}
    used = {queue.prefix for queue in known.values()}
    for name in sorted(wanted, key=lambda text: (not _is_prefix(text), text)):
        found = known.get(_short(name))
        if found is not None:
            place.queues[name], place.prefixes[name] = found.id, found.prefix
            continue
        prefix = name if _is_prefix(name) and name not in used else next(_free(used), "")
        used.add(prefix)
        place.prefixes[name] = prefix
        place.queues[name] = services.add_queue(
            prefix=prefix, name=_short(name), position=len(used), by=SYSTEM
        )


def _is_prefix(text: str) -> bool:
    return len(text) <= 2 and text.isascii() and text.isalpha() and text.isupper()


def _free(used: set[str]) -> Iterator[str]:
    pairs = map("".join, product(ascii_uppercase, repeat=2))
    return (prefix for prefix in (*ascii_uppercase, *pairs) if prefix not in used)


def _short(name: str) -> str:
    """What fits a queue's name; a long one keeps a tail of its own."""
    if len(name) <= _LONGEST_QUEUE:
        return name
    return f"{name[: _LONGEST_QUEUE - 10]}… {sha256(name.encode()).hexdigest()[:8]}"
