"""Who is trained for what, and at which window somebody serves without it (C-67): a hint, never
a bar. A queue for which the hall keeps no record asks for none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.windows import permissions
from apps.windows.models import Queue, Skill, Window
from apps.windows.rules import WindowState
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Gap:
    """A staffed window and those of its queues that its clerk was not tested for."""

    window: Window
    queues: list[Queue]


def seen(by: Actor) -> list[Skill]:
    """The records that count, by person; who does not keep them sees their own (C-81)."""
    found = Skill.objects.select_related("queue").filter(ended_at__isnull=True)
    if not permissions.may(by, "skills.keep"):
        found = found.filter(post_id=by.post_id) if by.post_id else found.none()
    return list(found.order_by("post_name", "post_id", "-tested_on", "id"))


def gaps(by: Actor) -> list[Gap]:
    """The windows with a gap: a shift lead sees all, a clerk their own."""
    staffed = Window.objects.filter(clerk_id__isnull=False).exclude(state=WindowState.CLOSED)
    if not permissions.may(by, "windows.manage"):
        staffed = staffed.filter(clerk_id=by.post_id)
    queues = {queue.id: queue for queue in Queue.objects.all()}
    asked, held = _records(queues.values())
    found = []
    for window in staffed.order_by("position", "number"):
        mine = held[window.clerk_id] if window.clerk_id else set()
        lacking = [q for q in window.queue_ids if q in asked and q not in mine]
        if lacking:
            found.append(Gap(window, [queues[one] for one in lacking]))
    return found


def _records(queues: Iterable[Queue]) -> tuple[set[UUID], dict[UUID, set[UUID]]]:
    """The queues that ask for a skill, and the queues each person has it for: the queue itself, or
    every one of its items."""
    whole: dict[UUID, set[UUID]] = defaultdict(set)
    items: dict[UUID, set[str]] = defaultdict(set)
    for skill in Skill.objects.filter(passed=True, ended_at__isnull=True):
        if skill.queue_id is not None:
            whole[skill.post_id].add(skill.queue_id)
        else:
            items[skill.post_id].add(skill.item_code)
    for queue in queues:
        wanted = set(queue.item_codes)
        for post, codes in items.items():
            if wanted and wanted <= codes:
                whole[post].add(queue.id)
    return set().union(*whole.values()), whole
