"""`demo.json`: all that a person or a program needs to use the demo. Written last, at once."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bancheng.config.demo.content import DemoContent
from bancheng.config.demo.opening import OpenHall
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import Level

_SHOWN = (
    ("binhe", "街道窗口 street desk", Role.DESK_OFFICER, "/desk"),
    ("qinghe", "区级专窗 district desk", Role.DESK_OFFICER, "/referral/in"),
    ("qinghe", "区级部门 district department", Role.DEPT_HANDLER, "/inbox"),
    ("qinghe", "值班长 shift lead", Role.SHIFT_LEAD, "/board"),
    ("qinghe", "部门负责人 department lead", Role.DEPT_LEAD, "/oversight/cards"),
    ("qinghe", "督查 supervisor", Role.SUPERVISOR, "/oversight/orders"),
    ("qinghe", "帮办员 assistant", Role.ASSISTANT, "/work"),
    ("qinghe", "迎宾引导 greeter", Role.GREETER, "/reception/greeting"),
    ("linjiang", "纪检观察 discipline observer", Role.DISCIPLINE_OBSERVER, "/conduct/files"),
    ("shimin", "联席会议 joint meetings", Role.SHIFT_LEAD, "/meetings"),
    ("shimin", "全市比较 city comparison", Role.CITY_ADMIN, "/city"),
)


def write(path: Path, content: DemoContent, halls: Mapping[str, OpenHall], password: str) -> None:
    """Write the file readable by its owner only; a crash leaves none."""
    text = json.dumps(_everything(content, halls, password), ensure_ascii=False, indent=1)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _everything(
    content: DemoContent, halls: Mapping[str, OpenHall], password: str
) -> dict[str, Any]:
    return {
        "network": {"slug": content.network.slug, "name": content.network.name},
        "password": password,
        "entries": [*_entries(halls), *_public(halls)],
        "halls": [_hall(opened) for opened in halls.values()],
        "users": [
            {
                "hall": slug,
                "host": opened.ref.host,
                "username": person.username,
                "name": person.name,
                "roles": [str(role) for role in person.roles],
                "department": person.department,
                "password": password,
            }
            for slug, opened in halls.items()
            for person in opened.script.staff
        ],
    }


def _hall(opened: OpenHall) -> dict[str, Any]:
    return {
        "id": str(opened.ref.id),
        "slug": opened.ref.slug,
        "name": opened.ref.name,
        "host": opened.ref.host,
        "level": str(opened.ref.level),
        "kind": opened.script.kind,
        "parent": opened.script.parent,
        "schema": opened.ref.schema_name,
        "display": f"/display/?device={opened.display}",
        "kiosk": f"/kiosk/?device={opened.kiosk}",
        "tokens": opened.tokens,
    }


def _entries(halls: Mapping[str, OpenHall]) -> list[dict[str, str]]:
    shown = []
    for slug, label, role, path in _SHOWN:
        opened = halls[slug]
        person = opened.script.holders(role)[0]
        shown.append(_entry(opened, label, path) | {"username": person.username})
    return shown


def _public(halls: Mapping[str, OpenHall]) -> list[dict[str, str]]:
    street = next(one for one in halls.values() if one.script.level is Level.STREET)
    return [
        _entry(street, "叫号屏 number display", f"/display/?device={street.display}"),
        _entry(street, "取号机 kiosk", f"/kiosk/?device={street.kiosk}"),
        _entry(street, "群众查询 tracking page", "/p/"),
        _entry(street, "预约 appointments", "/p/book"),
    ]


def _entry(opened: OpenHall, label: str, path: str) -> dict[str, str]:
    return {"label": f"{label} · {opened.script.short}", "host": opened.ref.host, "path": path}
