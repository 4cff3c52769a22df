"""What every answer carries, and what a page may load (frontend.md §5.4, security.md row 15)."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings

from bancheng.config import shells
from bancheng.kernel.hall import HallRef, hall
from tenants import directory
from tests.contracts.routes import offered

PAGES = ("/", "/cases", "/login", "/p/", "/p/track", "/display/", "/kiosk/")
SHELL = '<!doctype html><html lang="__LANG__"><script id="boot">__BOOT__</script></html>'


@pytest.fixture
def built(tmp_path: Path) -> Iterator[None]:
    """A front end as small as it can be."""
    for name in ("staff", "portal", "display", "kiosk"):
        (tmp_path / f"{name}.html").write_text(SHELL + name, encoding="utf-8")
    with override_settings(FRONTEND_DIST=tmp_path):
        yield


def get(ref: HallRef, address: str, **headers: str) -> Any:
    return Client(raise_request_exception=False).get(address, headers={"Host": ref.host} | headers)


@pytest.mark.django_db
def test_every_answer_forbids_what_no_page_needs(street: HallRef, built: None) -> None:
    addresses = [f"/api/v1/{name.split(' ')[1]}" for name in offered() if "<" not in name]

    for address in (*addresses, *PAGES, "/healthz", "/api/none", "/static/none.js"):
        answer = get(street, address)
        rules = dict(
            rule.partition(" ")[::2] for rule in answer["Content-Security-Policy"].split("; ")
        )
        assert (rules["default-src"], rules["script-src"]) == ("'none'", "'self'"), address
        assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_answer_of_the_api_is_kept_by_a_browser(street: HallRef) -> None:
    kept = {
        name: get(street, f"/api/v1/{name.split(' ')[1]}").headers.get("Cache-Control")
        for name in offered()
        if name.startswith("GET") and "<" not in name
    }

    assert {name: said for name, said in kept.items() if said != "no-store"} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "shell"),
    [
        ("/", "staff"),
        ("/cases/1", "staff"),
        ("/p/", "portal"),
        ("/display/", "display"),
        ("/kiosk/", "kiosk"),
    ],
)
def test_each_address_has_its_page_and_the_page_its_hall(
    street: HallRef, built: None, address: str, shell: str
) -> None:
    answer = get(street, address)

    text = answer.content.decode()
    (boot,) = re.findall(r'<script id="boot">(.*)</script>', text)
    assert text.endswith(shell)
    assert answer["Cache-Control"] == "no-cache"
    assert json.loads(boot)["hall"]["slug"] == "street"
    assert "bancheng_csrf" in answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "lang"), [("en", "en"), ("zh-TW", "zh-TW"), ("<script>", "zh-CN"), ("", "zh-CN")]
)
def test_the_page_speaks_a_known_language(
    street: HallRef, built: None, cookie: str, lang: str
) -> None:
    http = Client()
    http.cookies["bancheng_locale"] = cookie

    text = http.get("/", headers={"Host": street.host}).content.decode()

    assert f'<html lang="{lang}">' in text


def test_a_halls_name_cannot_end_the_script_it_stands_in(halls: dict[str, HallRef]) -> None:
    name = "</script><script>alert(1)</script>&\u2028"
    with hall(replace(halls["street"], name=name)):
        boot = shells._boot("zh-CN")

    assert not re.search("[<>&\u2028]", boot)
    assert json.loads(boot)["hall"]["name"] == name


def test_while_the_database_is_away_the_answer_says_when_to_come_back(
    committed: None, street: HallRef
) -> None:
    entry = connections["default"].settings_dict
    kept = entry["PORT"]
    connections.close_all()
    directory.forget()
    entry["PORT"] = "1"
    try:
        answer = get(street, "/api/v1/session")
    finally:
        entry["PORT"] = kept
        connections.close_all()

    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert (answer["Retry-After"], answer["Content-Type"]) == ("5", "application/problem+json")
