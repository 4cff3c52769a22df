"""The demonstration day so far: windows opened, a few people served, some waiting.

The “办不成事” queue is left at Z002 in every hall, so that the next number there is Z003.
"""

from datetime import datetime, timedelta

from apps.windows import services as windows
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import hall

_SERVED, _WAITING = 1, 3


def begin(stage: Stage) -> None:
    """Open the windows of every hall and serve the first people."""
    open_windows(stage)
    serve(stage)


def open_windows(stage: Stage) -> None:
    """Let everybody sit down; whoever comes without a number is then received at a window."""
    for opened in stage.halls.values():
        with hall(opened.ref), clock.frozen(stage.times.at(0, 2)):
            for number, by in clerks(opened).items():
                windows.open_window(window_id=opened.windows[number], by=by)


def serve(stage: Stage) -> None:
    """Serve the first people of every hall; some wait."""
    for opened in stage.halls.values():
        with hall(opened.ref):
            _serve_hall(stage, opened)


def _serve_hall(stage: Stage, opened: OpenHall) -> None:
    """First everybody who was served, window by window; then those who wait, so that no window
    of a shared queue calls somebody of later."""
    staff = clerks(opened)
    staffed = [window for window in opened.script.windows if window.number in staff]
    for window in staffed:
        by = staff[window.number]
        for turn in range(2 if window.kind == "desk" else _SERVED):
            _serve(opened, window.number, window.queues[0], by, stage.times.at(0, 10 + turn * 38))
    for window in staffed:
        if window.kind != "desk":
            _let_wait(stage, opened, window.queues[0], staff[window.number])


def _let_wait(stage: Stage, opened: OpenHall, prefix: str, by: Actor) -> None:
    for turn in range(_WAITING):
        with clock.frozen(stage.times.at(0, 122 + turn * 5)):
            windows.take(queue_id=opened.queues[prefix], by=by)


def _serve(opened: OpenHall, number: int, prefix: str, by: Actor, at: datetime) -> None:
    window = opened.windows[number]
    with clock.frozen(at):
        windows.take(queue_id=opened.queues[prefix], by=by)
    moments = (timedelta(seconds=150), timedelta(seconds=190), timedelta(seconds=820))
    acts = (windows.call_next, windows.start, windows.finish)
    for wait, act in zip(moments, acts, strict=True):
        with clock.frozen(at + wait):
            act(window_id=window, by=by)


def clerks(opened: OpenHall) -> dict[int, Actor]:
    """Who sits where: desk officers at the desk, window clerks at the others, one window each."""
    officers = [opened.people[p.username] for p in opened.script.holders(Role.DESK_OFFICER)]
    others = [opened.people[p.username] for p in opened.script.holders(Role.WINDOW_CLERK)]
    seats: dict[int, Actor] = {}
    for window in opened.script.windows:
        free = officers if window.kind == "desk" else others
        if free:
            seats[window.number] = free.pop(0)
    return seats
