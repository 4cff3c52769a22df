"""API tokens do what their post may and their scopes allow; displays only show."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from apps.staff import authentication, permissions, queries, services
from apps.staff.models import ApiToken, Device, Post
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def admin(street: HallRef) -> Actor:
    return staff_in(street, Role.HALL_ADMIN)


@pytest.fixture
def display(street: HallRef) -> str:
    with hall(street):
        return services.pair_device(name="大屏", kind="display", by=SYSTEM)


def token_of(actor: Actor, **changes: object) -> str:
    wanted: dict[str, object] = {"name": "t", "scopes": None, "expires_at": None, "by": SYSTEM}
    assert actor.post_id is not None
    return services.issue_token(post_id=actor.post_id, **(wanted | changes))  # type: ignore[arg-type]


class TestTokens:
    def test_a_token_acts_as_its_post_and_needs_no_csrf_header(
        self, street: HallRef, admin: Actor
    ) -> None:
        with hall(street):
            token = token_of(admin)
        http = Client(enforce_csrf_checks=True)

        answer = http.post(
            "/api/v1/tickets",
            {"queue": str(queue_in(street))},
            content_type="application/json",
            headers={
                "Host": street.host,
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": "k",
            },
        )

        assert answer.status_code == 201

    def test_scopes_narrow_what_a_token_may(self, street: HallRef, admin: Actor) -> None:
        caller = caller_for(street, admin, scopes=["windows.read", "cases.sign"])

        statuses = [caller.get(path).status_code for path in ("windows", "staff")]
        refused = caller.post("tickets", {"queue": queue_in(street)})
        told = caller.get("session").json()["permissions"]

        assert (statuses, refused.status_code) == ([200, 403], 403)
        assert told == ["windows.read"]  # a scope gives nothing that the roles do not

    def test_a_token_without_any_scope_may_nothing(self, street: HallRef, admin: Actor) -> None:
        caller = caller_for(street, admin, scopes=[])

        assert caller.get("session").json()["permissions"] == []
        assert caller.get("staff").status_code == 403

    def test_a_token_does_not_make_a_wider_one(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            narrow = queries.actor_of_token(token_of(admin, scopes=["staff.manage"]))
            assert narrow is not None
            for scopes in (None, ["staff.manage", "staff.read"]):
                with pytest.raises(Forbidden):
                    token_of(admin, scopes=scopes, by=narrow)

            assert token_of(admin, scopes=["staff.manage"], by=narrow)
            assert ApiToken.objects.count() == 2

    def test_a_token_ends_when_it_said_it_would(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            token = token_of(admin, expires_at=AT)
        caller = Caller(street, token)

        with clock.frozen(AT - timedelta(seconds=1)):
            before = caller.get("staff").status_code
        with clock.frozen(AT):
            after = caller.get("staff").status_code

        assert (before, after) == (200, 401)

    def test_a_revoked_token_ends_at_once(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            caller = Caller(street, token_of(admin))
            before = caller.get("staff").status_code
            services.revoke_token(token_id=ApiToken.objects.get().id, by=SYSTEM)
        after = caller.get("staff")

        assert (before, after.status_code, after.json()["code"]) == (200, 401, "unauthenticated")

    def test_a_token_ends_with_its_post(self, street: HallRef, admin: Actor) -> None:
        caller = caller_for(street, admin)
        with hall(street):
            Post.objects.update(active=False)

        assert caller.get("staff").status_code == 401

    def test_a_token_can_be_revoked_once(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            token_of(admin)
            token_id = ApiToken.objects.get().id
            services.revoke_token(token_id=token_id, by=SYSTEM)
            for unknown in (token_id, UUID(int=1)):
                with pytest.raises(NotFound):
                    services.revoke_token(token_id=unknown, by=SYSTEM)

    def test_a_secret_is_stored_as_its_digest_only(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            token = token_of(admin)
            row = ApiToken.objects.values().get()

        assert token.removeprefix("bct_") not in str(row)
        assert len(bytes(row["digest"])) == 32

    @pytest.mark.parametrize("secret", ["", " ", "bct_", "bct_wrong", "bcd_wrong", "x", "é"])
    def test_a_made_up_token_is_nobodys(self, street: HallRef, secret: str) -> None:
        answer = Client().get(
            "/api/v1/staff", headers={"Host": street.host, "Authorization": f"Bearer {secret}"}
        )

        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")

    def test_only_managers_make_tokens_for_others(self, street: HallRef, admin: Actor) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK)

        with hall(street):
            assert token_of(clerk, by=clerk)
            assert token_of(clerk, by=admin)
            with pytest.raises(Forbidden):
                token_of(admin, by=clerk)


class TestDevices:
    def test_a_display_reads_what_is_announced_and_nothing_else(
        self, street: HallRef, display: str
    ) -> None:
        caller = Caller(street, display)

        seen = caller.get("display/state").status_code
        others = [caller.get(path).status_code for path in ("staff", "windows", "cases", "board")]
        taken = caller.post("tickets", {"queue": queue_in(street)}).status_code

        assert (seen, others, taken) == (200, [403] * 4, 403)

    def test_a_link_becomes_a_cookie_and_leaves_the_address_bar(
        self, street: HallRef, display: str
    ) -> None:
        http = Client()

        answer = http.get(f"/display/?device={display}", headers={"Host": street.host})
        state = http.get("/api/v1/display/state", headers={"Host": street.host})

        cookie = answer.cookies[authentication.DEVICE_COOKIE]
        assert (answer.status_code, answer["Location"], state.status_code) == (
            302,
            "/display/",
            200,
        )
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")

    def test_a_persons_token_becomes_no_devices_cookie(self, street: HallRef, admin: Actor) -> None:
        with hall(street):
            token = token_of(admin)
        http = Client()

        answer = http.get(f"/display/?device={token}", headers={"Host": street.host})
        http.cookies[authentication.DEVICE_COOKIE] = token
        read = http.get("/api/v1/staff", headers={"Host": street.host})

        assert (answer.status_code, authentication.DEVICE_COOKIE in answer.cookies) == (302, False)
        assert read.status_code == 401

    def test_a_devices_cookie_writes_only_with_its_csrf_token_and_a_display_no_number(
        self, street: HallRef, display: str
    ) -> None:
        body = {"queue": str(queue_in(street))}

        def press(http: Client) -> tuple[int, str]:
            http.cookies[authentication.DEVICE_COOKIE] = display
            answer = http.post(
                "/api/v1/tickets",
                body,
                content_type="application/json",
                headers={"Host": street.host, "Idempotency-Key": "k"},
            )
            return answer.status_code, answer.json()["code"]

        assert press(Client(enforce_csrf_checks=True))[0] == 403
        assert press(Client()) == (403, "forbidden")

    def test_a_revoked_display_is_nobody(self, street: HallRef, display: str) -> None:
        with hall(street):
            device = Device.objects.get()
            services.revoke_device(device_id=device.id, by=SYSTEM)
            with pytest.raises(NotFound):
                services.revoke_device(device_id=device.id, by=SYSTEM)

        assert Caller(street, display).get("display/state").status_code == 401

    def test_only_managers_pair_and_revoke(self, street: HallRef, display: str) -> None:
        clerk = staff_in(street, Role.WINDOW_CLERK)

        with hall(street):
            with pytest.raises(Forbidden):
                services.pair_device(name="x", kind="display", by=clerk)
            with pytest.raises(Forbidden):
                services.revoke_device(device_id=Device.objects.get().id, by=clerk)
            assert Device.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_permission_is_granted_once_and_unknown_ones_to_nobody() -> None:
    with pytest.raises(ValueError, match="granted twice"):
        permissions.grant({"staff.read": frozenset({Role.ANALYST})})
    with pytest.raises(KeyError):
        permissions.may(Actor(kind="person", name="x", roles=frozenset(Role)), "no.such")


def test_people_and_units_are_listed_for_pickers(street: HallRef, admin: Actor) -> None:
    with hall(street):
        for name, position in (("住建科", 2), ("民政科", 1)):
            services.add_department(name=name, duty_phone="0000-1", position=position, by=admin)
    caller = caller_for(street, admin)

    units = caller.get("departments").json()["results"]
    people = caller.get("staff").json()["results"]

    assert [(unit["name"], unit["duty_phone"]) for unit in units] == [
        ("民政科", "0000-1"),
        ("住建科", "0000-1"),
    ]
    assert people == [
        {"id": str(admin.post_id), "name": "测试员", "roles": ["hall_admin"], "department": None}
    ]
