"""Files under a few cases that run on the demonstration day: drawn here, nobody's papers."""

import io
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PIL import Image, ImageDraw

from apps.attachments.services import adding, fetching, receiving
from apps.attachments.services.receiving import Offered
from apps.cases import permissions as cases
from apps.conduct import queries as conduct
from bancheng.config.demo.opening import OpenHall
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import hall

if TYPE_CHECKING:
    from bancheng.config.demo.playing import Stage

_CASES = 3
_STATES = ("dispatched", "signed", "in_progress")
_NOTE = """情况说明

两证登记的信息不一致，申请人已带原件到窗口核对。
以上由窗口记录，申请人确认。
"""
_TALK = """谈话记录

谈话人两名，地点为谈话室。被谈话人陈述了当日办理经过，已核对签字。
"""


def file_papers(stage: "Stage") -> None:
    """A scan and a note under the newest running cases of every hall, by its desk; a note in a
    sealed file; what went along with letters has arrived."""
    for opened in stage.halls.values():
        with hall(opened.ref), clock.frozen(stage.times.now):
            _in_hall(opened)
            fetching.fetch_coming()


def file_along(case_id: UUID, by: Actor) -> None:
    """What is sent up with a case."""
    _file("case", case_id, "情况说明.txt", _NOTE.encode(), by)


def _in_hall(opened: OpenHall) -> None:
    if not opened.script.holders(Role.DESK_OFFICER, None):
        return
    desk = opened.holder(Role.DESK_OFFICER)
    seen = cases.visible_to(desk).filter(state__in=_STATES, registered_at__lt=clock.now())
    for case_id in seen.order_by("-registered_at", "id").values_list("id", flat=True)[:_CASES]:
        _file("case", case_id, "受理材料扫描件.png", _scan(), desk)
        _file("case", case_id, "情况说明.txt", _NOTE.encode(), desk)
    if opened.script.holders(Role.SUPERVISOR, None):
        supervisor = opened.holder(Role.SUPERVISOR)
        listed = conduct.listed(supervisor).exclude(state__in=("sent_up", "archived"))
        for file_id in listed.order_by("-id").values_list("id", flat=True)[:1]:
            _file("conduct", file_id, "谈话记录.txt", _TALK.encode(), supervisor)


def _file(subject: str, subject_id: UUID, name: str, content: bytes, by: Actor) -> None:
    offered = Offered(name, io.BytesIO(content), len(content))
    under: dict[str, Any] = {"subject": subject, "subject_id": subject_id, "by": by}
    with receiving.received(offered, **under) as arrival:
        adding.add(arrival, **under)


def _scan() -> bytes:
    """A sheet with lines where words would be, and a red seal."""
    sheet = Image.new("RGB", (620, 877), (252, 252, 249))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((180, 80, 440, 104), fill=(40, 44, 52))
    for row in range(14):
        pen.rectangle(
            (80, 170 + row * 34, 540 - (row % 4) * 60, 178 + row * 34), fill=(150, 155, 164)
        )
    pen.ellipse((380, 680, 530, 830), outline=(190, 40, 40), width=7)
    pen.ellipse((440, 740, 470, 770), fill=(190, 40, 40))
    target = io.BytesIO()
    sheet.save(target, "PNG")
    return target.getvalue()
