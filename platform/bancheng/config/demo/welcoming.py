"""People who were helped before they came to a window, and those who come by appointment."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from apps.windows import appointments
from apps.windows import services as windows
from apps.windows.guidance_details import Category, Check, Detail, Direction, Result
from apps.windows.rules import GuidanceKind
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import hall

_CHECKED = (
    (
        "公司住所变更",
        Result.READY,
        (("变更登记申请书", True), ("新住所租赁合同", True)),
        "材料齐全，直接取号。",
    ),
    (
        "灵活就业参保登记",
        Result.INCOMPLETE,
        (("身份证", True), ("居住证明", False)),
        "居住证明可在自助机打印，打印后不必再排队辅导。",
    ),
    (
        "食品经营许可延续",
        Result.TO_DESK,
        (("许可证正本", True), ("街道意见", False)),
        "指南没有“街道意见”这一项，请到反映窗口。",
    ),
)
_GREETED = (
    ("问医保报销在哪个窗口", Direction.ELSEWHERE, "指引到社保医保窗口。"),
    ("老人不会用取号机", Direction.GUIDANCE, "陪同到综合辅导窗口。"),
    ("材料退了两次，想反映", Direction.DESK, "陪同到反映窗口。"),
)
_SAID = (
    ("等候区座椅不够，老人站着等", Category.SUGGESTION),
    ("三号窗口的同志讲得很清楚", Category.PRAISE),
)
_COMING = (
    ("卓以宁", "19900000101"),
    ("阎书瑶", "19900000102"),
    ("平子墨", "19900000103"),
    ("容嘉懿", "19900000104"),
    ("应文远", "19900000105"),
    ("翁思齐", "19900000106"),
)
_FIRST, _LAST = 9, 16


def look(stage: Stage) -> None:
    """Greetings and pre-checks of this morning; appointments for today and the days after it."""
    for opened in stage.halls.values():
        with hall(opened.ref):
            _greet(stage, opened)
            with clock.frozen(stage.times.at(1, 380)):
                _book(stage, opened)


def _greet(stage: Stage, opened: OpenHall) -> None:
    for role, notes in ((Role.GREETER, _greetings()), (Role.GUIDANCE_OFFICER, _checks())):
        if not opened.script.holders(role):
            continue
        by = opened.holder(role)
        for number, note in enumerate(notes):
            with clock.frozen(stage.times.at(0, 20 + 17 * number)):
                windows.record(note, by=by)


def _greetings() -> Iterator[windows.Note]:
    for matter, direction, said in _GREETED:
        detail = Detail(direction=direction, note=said)
        yield windows.Note(GuidanceKind.GREETING, matter, detail=detail)
    for matter, category in _SAID:
        yield windows.Note(GuidanceKind.FEEDBACK, matter, detail=Detail(category=category))


def _checks() -> Iterator[windows.Note]:
    for matter, result, lines, said in _CHECKED:
        listed = tuple(Check(text, ok) for text, ok in lines)
        detail = Detail(checklist=listed, note=said)
        yield windows.Note(GuidanceKind.GUIDANCE, matter, result=result, detail=detail)


def _book(stage: Stage, opened: OpenHall) -> None:
    """Two people a day for three days, queue by queue; each person once a day."""
    by = opened.holder(Role.WINDOW_CLERK)
    today = stage.times.days[0]
    for number in range(3):
        day, coming = today + timedelta(days=number), iter(_COMING)
        for queue in (one for one in opened.script.queues if one.slots):
            for start in _starts(opened.queues[queue.prefix], day):
                name, phone = next(coming)
                visitor = windows.Visitor(name, phone)
                windows.book(
                    queue_id=opened.queues[queue.prefix], start=start, visitor=visitor, by=by
                )


def _starts(queue: UUID, day: date) -> list[datetime]:
    """Two slots of a day in a hall's ordinary hours."""
    free = [slot.start for slot in appointments.slots_of(queue, day) if slot.left]
    usual = [at for at in free if _FIRST <= at.astimezone(clock.ZONE).hour <= _LAST]
    return usual[2:15:8]
