"""People wait while the server is restarted and while Valkey is away; a screen misses a minute."""

from typing import Any

from tests.story import script
from tests.story.cast import Company
from tests.support.servers import Site, until
from tests.support.sockets import Address, Page, listening
from tests.support.visitors import body_of

Body = dict[str, Any]


async def test_people_waiting_outlive_a_restart_and_are_called_in_order(
    site: Site, them: Company
) -> None:
    """Issue 4: server restart with people waiting; the screen goes on where it was."""
    window, queue = them.cast.windows["street"], them.cast.queues["Z"]
    await script.open_windows(them)
    taken = [await script.take(them.clerk, queue) for _ in range(3)]
    async with _screen(site, them) as screen:
        await script.serve(them.clerk, window, "call-next", "start")
        site.restart_web()

        ended = await them.clerk.insist(f"windows/{window}/finish", {})
        assert body_of(ended, 200)["number"] == taken[0]["number"]
        called = []
        for _ in range(2):
            called.append((await script.serve(them.clerk, window, "call-next"))["number"])
            await script.serve(them.clerk, window, "start", "finish")
        await _caught_up(them, screen)

    assert called == [ticket["number"] for ticket in taken[1:]]
    assert (await them.clerk.get("tickets", state="waiting"))["results"] == []
    assert screen.applied["display"] == list(range(1, 4))


async def test_windows_call_on_while_valkey_is_away(site: Site, them: Company) -> None:
    """Issue 4: Valkey stopped during calling. Every call is announced, in order, none twice."""
    window, queue = them.cast.windows["street"], them.cast.queues["Z"]
    await script.open_windows(them)
    taken = [await script.take(them.clerk, queue) for _ in range(4)]
    async with _screen(site, them) as screen:
        await script.serve(them.clerk, window, "call-next", "start", "finish")
        site.broker.stop()
        for _ in range(2):
            await script.serve(them.clerk, window, "call-next", "start", "finish")
        await until(lambda: screen.degraded[-1:] == [True], "the screen knows that hints pause")
        await _caught_up(them, screen)
        site.broker.start()
        await script.serve(them.clerk, window, "call-next", "start", "finish")
        await _caught_up(them, screen)

    told = [frame for frame in screen.seen if frame["t"] == "ev" and frame["topic"] == "display"]
    numbers = [frame["data"]["number"] for frame in sorted(told, key=lambda f: f["seq"])]
    assert numbers == [ticket["number"] for ticket in taken]
    assert (screen.connects, screen.resets) == (1, [])


async def test_a_screen_that_was_cut_off_hears_what_it_missed_in_order(
    site: Site, them: Company
) -> None:
    """Issue 4: display offline, then catching up in order."""
    window, queue = them.cast.windows["street"], them.cast.queues["Z"]
    await script.open_windows(them)
    taken = [await script.take(them.clerk, queue) for _ in range(3)]
    async with _screen(site, them) as screen:
        await script.serve(them.clerk, window, "call-next", "start", "finish")
        await _caught_up(them, screen)
        screen.kill()
        for _ in range(2):
            await script.serve(them.clerk, window, "call-next", "start", "finish")
        await _caught_up(them, screen)

    told = [frame for frame in screen.seen if frame["t"] == "ev" and frame["topic"] == "display"]
    assert [frame["data"]["number"] for frame in told] == [ticket["number"] for ticket in taken]
    assert screen.connects == 2


def _screen(site: Site, them: Company) -> Any:
    """Somebody who listens to what the number display hears."""
    ref, headers = them.clerk.ref, them.clerk.socket_headers()
    return listening(Address(site.port), ref, headers, ["display"])


async def _caught_up(them: Company, screen: Page) -> None:
    head = (await them.clerk.get("events", topic="display", after=0))["head"]
    await until(lambda: screen.topics["display"] == head, "the screen has caught up")
