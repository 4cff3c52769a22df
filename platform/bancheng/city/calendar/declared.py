"""What a network or a hall may decide differently about time (design.md §5, domain.md §3.8)."""

from datetime import time

from bancheng.city.calendar.errors import BadHours, BadRule
from bancheng.city.calendar.hours import Hours, Intervals, parse_intervals
from bancheng.city.calendar.notation import parse_cutoff
from bancheng.city.calendar.rules import Receipt
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, Value, declare

HOURS, CUTOFF = "time.opening_hours", "time.cutoff"
CHANNELS = ("window", "phone", "message_book", "online")
PAUSE_REASONS = (
    "applicant_material",
    "higher_reply",
    "appraisal",
    "court",
    "applicant_asked",
)
"""For the applicant's material, a higher or distant body's answer, an appraisal, a court's or an
arbiter's result, or because the applicant asked (domain.md §3.8 item 7)."""
_REGULAR = "regular"
_RECEIPTS = tuple(receipt.value for receipt in Receipt)


def hours_of(table: Value) -> Hours:
    """Opening hours as they are decided: `{"regular": "08:30-12:00,14:00-17:30", "5": …}`, the
    other keys being ISO weekdays; an empty `regular` is a hall without business hours.

    Raises BadHours.
    """
    if not isinstance(table, dict) or not set(table) <= {_REGULAR, *"1234567"}:
        raise BadHours(reason="table")
    parsed = {key: _intervals(text) for key, text in table.items()}
    regular = parsed.pop(_REGULAR, Hours().regular)
    return Hours(regular, {int(day): intervals for day, intervals in parsed.items()})


def _intervals(text: object) -> Intervals:
    if not isinstance(text, str):
        raise BadHours(reason="table")
    return parse_intervals(text) if text.strip() else ()


def _are_hours(table: Value) -> bool:
    try:
        return bool(hours_of(table))
    except BadHours:
        return False


def _is_cutoff(text: Value) -> bool:
    try:
        return text == "" or bool(parse_cutoff(str(text)))
    except BadRule:
        return False


declare(
    [
        Parameter(
            HOURS,
            "table",
            {_REGULAR: "08:30-12:00,14:00-17:30"},
            "民法典 203",
            fits=_are_hours,
        ),
        Parameter(CUTOFF, "text", "", "domain.md §3.8 (8)", fits=_is_cutoff),
        *(
            Parameter(
                f"time.receipt_{channel}",
                "choice",
                Receipt.NEXT_OPENING if channel == "online" else Receipt.NEXT_DAY_COUNTING,
                "domain.md §3.8 (8)",
                options=_RECEIPTS,
            )
            for channel in CHANNELS
        ),
        Parameter("time.pause_max_days", "number", 20, "domain.md §3.8 (7)", low=1, high=250),
        Parameter(
            "time.pause_reasons",
            "codes",
            list(PAUSE_REASONS),
            "行政许可法 45；domain.md §3.8 (7)",
            options=PAUSE_REASONS,
        ),
        Parameter("time.extensions", "number", 1, "安阳市12345条例 50", low=0, high=9),
        Parameter("time.extension_max_days", "number", 5, "安阳市12345条例 50", low=1, high=60),
    ]
)


def receipt_of(channel: str) -> Receipt:
    """What a start outside opening hours means for a matter of this channel (§3.8 item 8)."""
    known = channel if channel in CHANNELS else CHANNELS[0]
    return Receipt(str(parameters.value(f"time.receipt_{known}")))


def cutoff() -> time | None:
    """Later than this of a day counts as received at the next opening; None for no cut-off."""
    text = str(parameters.value(CUTOFF))
    return parse_cutoff(text) if text else None


def pause_days() -> int:
    """The working days that a case's pauses may take together."""
    return parameters.number("time.pause_max_days")


def pause_reasons() -> tuple[str, ...]:
    """The reasons for which a clock may stand still here."""
    return parameters.codes("time.pause_reasons")


def extensions() -> int:
    """How often the promise of one case may be extended."""
    return parameters.number("time.extensions")


def extension_days() -> int:
    """The most working days of one extension."""
    return parameters.number("time.extension_max_days")
