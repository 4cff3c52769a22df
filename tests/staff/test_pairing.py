"""A screen is let in by the six characters it shows, set from afar, and ended at once."""

import contextvars
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.staff import authentication, devices, queries
from apps.staff.device_settings import Layout, Settings
from apps.staff.devices import NoSuchCode, TooManyWaiting
from apps.staff.models import Device
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live.models import LiveEvent
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(street: HallRef) -> Actor:
    return staff_in(street, Role.SHIFT_LEAD)


class Screen:
    """A browser on a wall: it keeps its cookie."""

    def __init__(self, ref: HallRef) -> None:
        self.http, self.ref = Client(), ref

    def asks(self, kind: str = "display") -> Any:
        body = {"kind": kind}
        return self._send("POST", "devices/pairing", json.dumps(body))

    def about(self) -> dict[str, Any]:
        return dict(self._send("GET", "devices/me").json())

    def state(self) -> int:
        return int(self._send("GET", "display/state").status_code)

    def _send(self, method: str, path: str, body: str = "") -> Any:
        """In a context of its own: a request must not end the hall a test is in."""
        return contextvars.copy_context().run(
            self.http.generic,
            method,
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Host": self.ref.host},
        )


def approval(code: str, kind: str = "display", **settings: object) -> dict[str, object]:
    return {"code": code, "name": "一楼大屏", "kind": kind, "settings": settings}


def test_a_screen_shows_a_code_and_works_once_a_shift_lead_typed_it(
    street: HallRef, lead: Actor
) -> None:
    """peers.md §8 row 22: paired, named, its layout chosen at a desk."""
    screen = Screen(street)

    assert screen.about()["state"] == "unpaired"
    asked = screen.asks()
    cookie = asked.cookies[authentication.DEVICE_COOKIE]
    waiting = screen.about()
    before = screen.state()
    made = caller_for(street, lead).post(
        "devices", approval(asked.json()["code"].lower(), layout="table", windows=["1", "2"])
    )
    after = screen.about()

    assert (asked.status_code, cookie["httponly"], cookie["samesite"]) == (201, True, "Strict")
    assert set(asked.json()) == {"code", "until"}
    assert (waiting["state"], waiting["code"], before) == ("waiting", asked.json()["code"], 401)
    assert (made.status_code, after["state"], after["name"]) == (201, "paired", "一楼大屏")
    assert (after["settings"]["layout"], after["settings"]["windows"]) == ("table", ["1", "2"])
    assert (after["code"], screen.state()) == (None, 200)


def test_a_code_is_good_for_ten_minutes_and_once(street: HallRef, lead: Actor) -> None:
    screen, other, at = Screen(street), Screen(street), clock.now()
    with clock.frozen(at):
        late, code = screen.asks().json()["code"], other.asks().json()["code"]
    with hall(street), clock.frozen(at + timedelta(minutes=9)):
        approve(code, lead)
        with pytest.raises(NoSuchCode):
            approve(code, lead)
    with hall(street), clock.frozen(at + timedelta(minutes=10)):
        with pytest.raises(NoSuchCode):
            approve(late, lead)
        assert Device.objects.filter(approved_at__isnull=False).count() == 1
        assert screen.about()["state"] == "unpaired"
        devices.ask(kind=Device.Kind.DISPLAY)
        assert not Device.objects.filter(pairing_code=late).exists()


def test_forgotten_requests_cannot_fill_the_table(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "_MOST_PENDING", 2)
    with hall(street):
        for _ in range(2):
            devices.ask(kind=Device.Kind.KIOSK)
        with pytest.raises(TooManyWaiting):
            devices.ask(kind=Device.Kind.KIOSK)
        assert Device.objects.count() == 2


def test_a_clerk_and_another_hall_let_no_screen_in(
    street: HallRef, district: HallRef, lead: Actor
) -> None:
    code = Screen(street).asks().json()["code"]
    clerk = caller_for(street, staff_in(street, Role.WINDOW_CLERK))
    stranger = caller_for(district, staff_in(district, Role.SHIFT_LEAD))

    answers = [one.post("devices", approval(code)).json()["code"] for one in (clerk, stranger)]

    assert answers == ["forbidden", "devices.no_such_code"]
    with hall(street):
        assert not Device.objects.filter(approved_at__isnull=False).exists()


def test_a_layout_is_changed_from_a_desk_and_the_screen_is_told(
    street: HallRef, lead: Actor
) -> None:
    device = paired(street, lead)
    desk, path = caller_for(street, lead), f"devices/{device.id}/set-up"
    body = {"name": "二楼屏", "settings": {"layout": "notices", "notice": "今日延时服务至 18:30"}}

    done = desk.post(path, body, version=1)
    stale = desk.post(path, body | {"name": "三楼屏"}, version=1)
    without = desk.post(path, body)

    assert (done.status_code, done["ETag"], done.json()["name"]) == (200, '"v2"', "二楼屏")
    assert (stale.status_code, without.status_code) == (412, 428)
    with hall(street):
        row = Device.objects.get(id=device.id)
        told = LiveEvent.objects.filter(topic="display", kind="device.set_up")
        assert (row.name, Settings.of(row.settings).layout) == ("二楼屏", Layout.NOTICES)
        assert told.get().ref == str(device.id)


def test_a_revoked_screen_is_told_so_and_reads_nothing(street: HallRef, lead: Actor) -> None:
    screen = Screen(street)
    code = screen.asks().json()["code"]
    with hall(street):
        device = approve(code, lead)
    assert screen.state() == 200

    desk = caller_for(street, lead)
    done = desk.post(f"devices/{device.id}/revoke")
    again = desk.post(f"devices/{device.id}/revoke")

    assert (done.status_code, again.status_code) == (200, 404)
    assert (screen.about()["state"], screen.about()["settings"]) == ("revoked", None)
    assert screen.state() == 401


def test_the_list_says_when_a_screen_was_last_heard_of(street: HallRef, lead: Actor) -> None:
    screen, at = Screen(street), clock.now()
    with hall(street), clock.frozen(at):
        approve(screen.asks().json()["code"], lead)
    with clock.frozen(at + timedelta(hours=1)):
        screen.state()
    with clock.frozen(at + timedelta(hours=1, seconds=50)):
        screen.state()

    [row] = caller_for(street, lead).get("devices").json()["results"]

    assert datetime.fromisoformat(row["last_seen_at"]) == at + timedelta(hours=1)
    assert "digest" not in row


def test_only_who_manages_screens_sets_and_revokes_them(street: HallRef, lead: Actor) -> None:
    device = paired(street, lead)
    clerk = staff_in(street, Role.DESK_OFFICER)

    with hall(street):
        with pytest.raises(Forbidden):
            devices.set_up(device_id=device.id, version=1, name="x", settings=Settings(), by=clerk)
        with pytest.raises(Forbidden):
            devices.revoke_device(device_id=device.id, by=clerk)
        with pytest.raises(Stale):
            devices.set_up(device_id=device.id, version=7, name="x", settings=Settings(), by=lead)
        waiting = devices.ask(kind=Device.Kind.DISPLAY)
        hidden = queries.device_shown(waiting.secret)
        assert hidden is not None
        with pytest.raises(NotFound):
            devices.revoke_device(device_id=hidden.id, by=lead)
        row = Device.objects.get(id=device.id)
        assert (row.name, row.version, row.revoked_at) == ("一楼大屏", 1, None)


def test_a_screens_scope_is_its_kind(street: HallRef, lead: Actor) -> None:
    with hall(street):
        asked = devices.ask(kind=Device.Kind.DISPLAY)
        assert queries.actor_of_device(asked.secret) is None
        approve(asked.code, lead, kind=Device.Kind.KIOSK)
        actor = queries.actor_of_device(asked.secret)

    assert actor is not None
    assert (actor.kind, actor.scopes) == ("device", frozenset({"kiosk"}))
    assert Caller(street, asked.secret).get("devices").status_code == 403


def paired(ref: HallRef, by: Actor) -> Device:
    with hall(ref):
        return approve(devices.ask(kind=Device.Kind.DISPLAY).code, by)


def approve(code: str, by: Actor, kind: Device.Kind = Device.Kind.DISPLAY) -> Device:
    return devices.approve(code=code, name="一楼大屏", kind=kind, settings=Settings(), by=by)


def test_a_screen_and_its_manager_ask_little(
    street: HallRef, lead: Actor, django_assert_num_queries: Callable[..., Any]
) -> None:
    screen, desk = Screen(street), caller_for(street, lead)
    with hall(street):
        approve(screen.asks().json()["code"], lead)
        for _ in range(3):
            approve(devices.ask(kind=Device.Kind.KIOSK).code, lead)
    screen.about()
    desk.get("devices")

    with django_assert_num_queries(2):
        screen.about()
    with django_assert_num_queries(2):
        desk.get("devices")
