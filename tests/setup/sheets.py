"""Sheets for tests, and the worker that reads them."""

import base64
import io
from typing import Any

from openpyxl import Workbook

from bancheng.kernel.hall import HallRef, hall
from bancheng.services.outbox import queue as outbox

HEAD = ("事项编码", "事项名称", "主管部门", "行使层级", "承诺工作日", "主要材料", "次要材料")


def workbook(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (tuple[Any, ...](head), *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def run_down(ref: HallRef) -> int:
    """Let the worker do all that waits in a hall; how many messages it handled."""
    with hall(ref):
        return outbox.drain(10_000)
