"""How sockets end: each reason has its code (frontend.md §5.5), and nobody stays who must go."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from websockets.exceptions import InvalidStatus

from apps.staff import services
from apps.staff.authentication import DEVICE_COOKIE
from apps.staff.models import Device, Post
from apps.staff.signing_in import sign_out
from bancheng.config.live import consumer
from bancheng.config.live.database import in_thread
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log
from tests.support.sockets import Address, ending, listening, paired, publish, signed_in, until

HELLO = '{"t":"hello","v":1,"epoch":null,"topics":{"desk":null}}'


def inside(ref: HallRef, act: Callable[[], Any]) -> Any:
    with hall(ref), transaction.atomic():
        return act()


do = in_thread(inside)


async def test_nobody_is_sent_to_sign_in(server: Address, street: HallRef) -> None:
    headers = server.cookie(street, "no-such-session")

    assert await ending(await server.open(street.host, headers)) == (4401, "")


async def test_a_page_of_another_host_gets_no_socket(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    own = server.cookie(street, key)

    for origin in (
        f"http://other.localhost:{server.port}",
        f"http://{street.host}",
        f"http://{street.host}:{server.port + 1}",
        f"http://{street.host}:{server.port}.evil.example",
        "null",
    ):
        with pytest.raises(InvalidStatus) as refused:
            await server.open(street.host, own | {"Origin": origin})
        assert refused.value.response.status_code == 403


async def test_a_cookie_without_an_origin_gets_no_socket(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    headers = server.cookie(street, key)
    del headers["Origin"]
    display = {"Cookie": f"{DEVICE_COOKIE}={await paired(street)}"}

    for given in (headers, display, {}):
        with pytest.raises(InvalidStatus):
            await server.open(street.host, given)


async def test_an_unknown_host_has_no_hall(server: Address, street: HallRef) -> None:
    headers = {"Origin": f"http://nowhere.localhost:{server.port}"}

    assert await ending(await server.open("nowhere.localhost", headers)) == (4404, "")


async def test_a_topic_that_is_not_ones_own_is_refused_by_name(
    server: Address, street: HallRef
) -> None:
    _, key = await signed_in(street, Role.DEPT_HANDLER)
    socket = await server.open(street.host, server.cookie(street, key))

    await socket.send(HELLO)

    assert await ending(socket) == (4403, "desk")


async def test_an_old_client_is_told_to_reload(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    socket = await server.open(street.host, server.cookie(street, key))

    await socket.send(HELLO.replace('"v":1', '"v":0'))

    assert await ending(socket) == (4409, "reload")


@pytest.mark.parametrize("said", ["[" * 60_000, b"\x00\x01", "nonsense", ""])
async def test_what_is_no_frame_ends_the_socket(
    server: Address, street: HallRef, said: str | bytes
) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    socket = await server.open(street.host, server.cookie(street, key))

    await socket.send(said)

    assert await ending(socket) == (1007, "not understood")


async def test_a_frame_above_64_kib_ends_the_socket(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    socket = await server.open(street.host, server.cookie(street, key))

    await socket.send('"' + "a" * 65_536 + '"')

    assert (await ending(socket))[0] == 1009


async def test_too_many_messages_are_slowed_down(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    socket = await server.open(street.host, server.cookie(street, key))

    for _ in range(30):
        await socket.send('{"t":"pong"}')

    assert await ending(socket) == (4429, "too many messages")


async def test_a_seventh_socket_of_a_person_is_refused(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    headers = server.cookie(street, key)
    held = []
    for _ in range(6):
        held.append(await server.open(street.host, headers))
        await held[-1].send(HELLO)
        await held[-1].recv()

    assert await ending(await server.open(street.host, headers)) == (4429, "too many sockets")
    for socket in held:
        await socket.close()


async def test_the_end_of_a_session_ends_its_socket(
    server: Address, street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "DOUBT_SECONDS", 0.05)
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await do(street, lambda: Session.objects.filter(session_key=key).delete())
        await until(lambda: page.closed is not None)

    assert page.closed == (4401, "")


async def test_a_lost_role_ends_the_topic(
    server: Address, street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "DOUBT_SECONDS", 0.05)
    actor, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["queue", "desk"]) as page:
        posts = Post.objects.filter(name=actor.name)
        await do(street, lambda: posts.update(roles=[Role.GUIDANCE_OFFICER]))
        await until(lambda: page.closed is not None)

    assert page.closed == (4403, "desk")


async def test_a_revoked_display_goes_dark_at_once(server: Address, street: HallRef) -> None:
    """Half a minute, after which every socket is asked again, would be long."""
    secret = await paired(street)

    async with listening(server, street, server.bearer(secret), ["display"]) as page:
        device = await do(street, lambda: Device.objects.get().id)
        await do(street, lambda: services.revoke_device(device_id=device, by=SYSTEM))
        await until(lambda: page.closed is not None, seconds=10)

    assert page.closed == (4401, "")


async def test_a_display_with_an_old_session_is_still_a_display(
    server: Address, street: HallRef
) -> None:
    headers = server.cookie(street, "ended-long-ago")
    headers["Cookie"] += f"; {DEVICE_COOKIE}={await paired(street)}"

    async with listening(server, street, headers, ["display", "queue"]) as page:
        await publish(street, ["display"], log.Change("called"))
        await until(lambda: page.topics["display"] == 1)

    assert page.closed is None


async def test_signing_out_closes_the_sockets_at_once(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    _, other = await signed_in(street, Role.DESK_OFFICER)

    async with (
        listening(server, street, server.cookie(street, key), ["desk"]) as page,
        listening(server, street, server.cookie(street, other), ["desk"]) as colleague,
    ):
        await do(street, lambda: sign_out(SessionStore(key)))
        await until(lambda: page.closed is not None, seconds=10)
        await publish(street, ["desk"], log.Change("n"))
        await until(lambda: colleague.topics["desk"] == 1)

    assert (page.closed, colleague.closed) == ((4401, ""), None)


async def test_a_socket_is_renewed_after_its_life(
    server: Address, street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "DOUBT_SECONDS", 0.05)
    monkeypatch.setattr(consumer, "LIFE_SECONDS", 0.2)
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await until(lambda: page.connects > 1)

    assert page.closed == (1012, "reconnect")


async def test_no_client_hears_about_people(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.HALL_ADMIN)

    async with listening(server, street, server.cookie(street, key), [log.PEOPLE]) as page:
        pass

    assert page.closed == (4403, "people")


async def test_an_unknown_case_is_refused(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    topic = f"case:{uuid4()}"

    async with listening(server, street, server.cookie(street, key), [topic]) as page:
        pass

    assert page.closed == (4403, topic)
