"""C-12: 容缺受理, accepted with secondary material missing, against a written promise (§2.9)."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.errors import (
    BadRecord,
    ConsentMissing,
    MandateMissing,
    NotMissing,
    PrimaryMissing,
    PromiseTooLong,
)
from apps.work.files import As, Line, Past, Reason, Text
from apps.work.kinds.kind import ALL, COUNTER, OWN, UNIT, Kind, Party, Step
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare(
    [
        Parameter("work.deferred_most_days", "number", 20, "深圳 2019 容缺受理", low=1, high=60),
        Parameter("work.deferred_before_item", "number", 2, "深圳 2019 容缺受理", high=20),
        Parameter("work.deferred_remind_days", "number", 2, "domain.md §2.9", high=20),
        Parameter(
            "work.deferred_consequence",
            "choice",
            "withdrawn",
            "安阳 24",
            options=("withdrawn", "ended"),
        ),
    ]
)
PromiseDays = Annotated[int, As("days", 60, 1)]


@dataclass(frozen=True, slots=True)
class Material(Detail):
    """`primary` material must be there in legal form; only secondary may come later."""

    name: Line
    primary: bool
    present: bool


@dataclass(frozen=True, slots=True)
class DeferredPromised(Detail):
    """Who promises, what is missing, by when. Two documents in two copies each (F116b)."""

    materials: tuple[Material, ...]
    days: PromiseDays
    promised_by: Literal["self", "agent"]
    told_consequence: bool
    bad_record: bool = False
    agent_mandate: Line = ""
    item_limit_days: Annotated[int | None, As("days", 250, 1)] = None


@dataclass(frozen=True, slots=True)
class MaterialCame(Detail):
    """The day of arrival counts."""

    material: Line
    arrived_on: Past
    how: Literal["window", "post", "upload"]


@dataclass(frozen=True, slots=True)
class Postponed(Detail):
    """Force majeure moves the day; nothing else does."""

    reason: Text
    days: PromiseDays


@dataclass(frozen=True, slots=True)
class Lapsed(Detail):
    """What it means for the matter, by the rule of the place."""

    consequence: Literal["withdrawn", "ended"]


@dataclass(frozen=True, slots=True)
class DeferredFile(Detail):
    asked: DeferredPromised
    came: tuple[MaterialCame, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    lapsed: Lapsed | None = None
    cancelled: Reason | None = None
    copies: int = 2


def missing(file: DeferredFile) -> list[str]:
    """The material that is still to come."""
    came = {one.material for one in file.came}
    return [one.name for one in file.asked.materials if not one.present and one.name not in came]


def fit(asked: DeferredPromised) -> None:
    """Primary complete, something missing, the consequence told, the record clean, an agent with
    authority, a day that is near enough.

    Raises PrimaryMissing, NotMissing, BadRecord, ConsentMissing, MandateMissing, PromiseTooLong.
    """
    absent = [one for one in asked.materials if not one.present]
    if primary := [one.name for one in absent if one.primary]:
        raise PrimaryMissing(materials=primary)
    if not absent:
        raise NotMissing
    if asked.bad_record:
        raise BadRecord
    if not asked.told_consequence:
        raise ConsentMissing
    if asked.promised_by == "agent" and not asked.agent_mandate.strip():
        raise MandateMissing
    near_enough(asked.days, asked.item_limit_days)


def by_the_catalogue(asked: DeferredPromised, item: str) -> DeferredPromised:
    """The item's own promise counts, and what it calls primary is primary, whatever was typed."""
    known = catalogue.item_here(item) if item else None
    if known is None:
        return asked
    primary = {one.name for one in known.materials if one.primary}
    materials = tuple(
        replace(one, primary=one.primary or one.name in primary) for one in asked.materials
    )
    typed = asked.item_limit_days
    return replace(asked, materials=materials, item_limit_days=known.limit_days or typed)


def near_enough(days: int, item_limit: int | None) -> None:
    """At most 20 working days, and 2 less than the item's own limit (深圳 2019). Raises
    PromiseTooLong."""
    most = parameters.number("work.deferred_most_days")
    if item_limit is not None:
        most = min(most, item_limit - parameters.number("work.deferred_before_item"))
    if days > most:
        raise PromiseTooLong(most=most)


def postponable(file: "DeferredFile", given: "Postponed") -> None:
    """A later day has the same bound. Raises PromiseTooLong."""
    near_enough(given.days, file.asked.item_limit_days)


def awaited(file: DeferredFile, given: MaterialCame) -> None:
    """Raises NotMissing."""
    if given.material not in missing(file):
        raise NotMissing(material=given.material, missing=missing(file))


def _came(file: DeferredFile, given: MaterialCame) -> DeferredFile:
    return replace(file, came=(*file.came, given))


def _after_arrival(file: DeferredFile) -> str:
    return "promised" if missing(file) else "complete"


DEFERRED = Kind(
    code="deferred",
    asks=DeferredPromised,
    file=DeferredFile,
    begins="promised",
    ends=frozenset({"complete", "lapsed", "cancelled"}),
    steps=(
        Step(
            "supplement",
            {"promised": "promised"},
            ALL,
            MaterialCame,
            change=_came,
            check=awaited,
            lands=_after_arrival,
        ),
        Step(
            "postpone",
            {"promised": "promised"},
            frozenset({Party.DESK}),
            Postponed,
            put="postponed",
            clock="start",
            check=postponable,
        ),
        Step("lapse", {"promised": "lapsed"}, frozenset(), Lapsed, put="lapsed"),
        Step("cancel", {"promised": "cancelled"}, OWN, Reason, put="cancelled", clock="drop"),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: "、".join(one.name for one in asked.materials if not one.present),
    stage=Stage.DEFERRED,
    on_close="blocks",
    check=fit,
    known=by_the_catalogue,
)
