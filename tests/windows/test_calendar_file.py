"""The citizen's calendar file, read by the grammar of RFC 5545 and nothing of ours."""

import re
from datetime import timedelta

import pytest

from apps.windows import appointments, ical, services
from apps.windows.services import Visitor
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import MORNING, queue_in

pytestmark = pytest.mark.django_db

CITIZEN = Actor(kind="citizen", name="citizen")
TOMORROW = MORNING + timedelta(days=1)
# §3.1: contentline = name *(";" param ) ":" value; a value has no control characters but HTAB.
LINE = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=[^;:]+)*):(?P<value>.*)")
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# §3.3.11: what is escaped in a TEXT, and nothing else is.
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
UTC = re.compile(r"\d{8}T\d{6}Z")
DURATION = re.compile(r"[+-]?P(?:\d+W|(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
GRAMMAR = {
    "VCALENDAR": {
        "VERSION": re.compile(r"2\.0"),
        "PRODID": TEXT,
        "CALSCALE": re.compile("GREGORIAN"),
        "METHOD": re.compile("PUBLISH|CANCEL"),
    },
    "VEVENT": {
        "UID": TEXT,
        "DTSTAMP": UTC,
        "SEQUENCE": re.compile(r"\d+"),
        "DTSTART": UTC,
        "DTEND": UTC,
        "STATUS": re.compile("CONFIRMED|CANCELLED"),
        "SUMMARY": TEXT,
        "LOCATION": TEXT,
        "DESCRIPTION": TEXT,
    },
    "VALARM": {"ACTION": re.compile("DISPLAY"), "DESCRIPTION": TEXT, "TRIGGER": DURATION},
}
"""§3.4, §3.6.1, §3.6.6: which property stands where, once, and what its value looks like."""
INSIDE = {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}


def unfolded(text: str) -> list[str]:
    """§3.1: every line ends in CRLF and is at most 75 octets; a fold is CRLF and one blank."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    for line in raw:
        octets = line.encode()
        assert 0 < len(octets) <= 75
        octets.decode()
        assert not CONTROLS.search(line)
    assert not raw[0].startswith(" ")
    return re.sub("\r\n[ \t]", "", text[:-2]).split("\r\n")


def read(text: str) -> dict[str, dict[str, str]]:
    """Components by name with their properties; fails where the grammar does."""
    open_ones: list[str] = []
    found: dict[str, dict[str, str]] = {}
    for line in unfolded(text):
        parts = LINE.fullmatch(line)
        assert parts, line
        name, value = parts["name"].upper(), parts["value"]
        if name == "BEGIN":
            assert INSIDE[value] == (open_ones[-1] if open_ones else None)
            assert value not in found
            open_ones.append(value)
            found[value] = {}
        elif name == "END":
            assert open_ones.pop() == value
        else:
            inside = open_ones[-1]
            assert name not in found[inside], f"{name} twice"
            assert GRAMMAR[inside][name].fullmatch(value), line
            found[inside][name] = value
    assert open_ones == []
    for component, properties in found.items():
        assert set(properties) == set(GRAMMAR[component])
    return found


def plain(value: str) -> str:
    """§3.3.11 read back."""
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


@pytest.mark.parametrize(
    "name",
    ["办不成事", "社保;医保,民政\\其他", "a:b", "一二三四五六七八九十" * 4, "x" * 40],
    ids=["plain", "signs", "colon", "many octets", "long"],
)
def test_the_file_keeps_the_grammar_whatever_a_line_is_called(street: HallRef, name: str) -> None:
    """C-76: a file that any calendar reads: lines, folds, escapes, order, times in UTC."""
    queue = queue_in(street, name=name)
    with hall(street), clock.frozen(MORNING):
        services.change_queue(queue_id=queue, slot_capacity=1, by=SYSTEM)
        made = services.book(
            queue_id=queue, start=TOMORROW, visitor=Visitor("林晓雨", "19900001234"), by=CITIZEN
        )
        booked = read(ical.of(appointments.of_code(made.code)))
        services.cancel(code=made.code, by=CITIZEN)
        cancelled = read(ical.of(appointments.of_code(made.code)))

    event = booked["VEVENT"]
    assert plain(event["SUMMARY"]) == f"{street.name} {name}"
    assert (event["DTSTART"], event["DTEND"]) == ("20261124T010000Z", "20261124T013000Z")
    assert event["DTSTAMP"] == "20261123T010000Z"
    assert booked["VALARM"]["TRIGGER"] == "-PT2H"
    # §3.8.7.4, RFC 5546 §3.2.5: a cancellation is the same event with a higher sequence.
    assert cancelled["VEVENT"]["UID"] == event["UID"]
    assert int(cancelled["VEVENT"]["SEQUENCE"]) > int(event["SEQUENCE"])
    assert (cancelled["VCALENDAR"]["METHOD"], cancelled["VEVENT"]["STATUS"]) == (
        *("CANCEL",),
        "CANCELLED",
    )
