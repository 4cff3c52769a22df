"""Setting up queues and windows of each type (C-23)."""

from uuid import uuid4

import pytest

from apps.windows import queries, services
from apps.windows.errors import AlreadyThere
from apps.windows.rules import WindowKind
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import queue_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def test_a_hall_admin_sets_up_a_window_with_its_queues_in_order(street: HallRef) -> None:
    admin = staff_in(street, Role.HALL_ADMIN)
    with hall(street):
        a = services.add_queue(prefix="A", name="综合业务", by=admin)
        c = services.add_queue(prefix="C", name="社保医保", by=admin)
        services.add_window(
            number="3", name="综合窗口", kind=WindowKind.INTEGRATED, queue_ids=[c, a], by=admin
        )

        shown = queries.windows()[0]

    assert (shown.window.state, [queue.prefix for queue in shown.queues]) == ("closed", ["C", "A"])


@pytest.mark.parametrize("prefix", ["", "a", "AAA", "7", "综"])
def test_a_prefix_is_one_or_two_capital_letters(street: HallRef, prefix: str) -> None:
    with hall(street):
        with pytest.raises(Invalid):
            services.add_queue(prefix=prefix, name="x", by=staff_in(street, Role.HALL_ADMIN))

        assert queries.queues() == []


def test_letters_and_window_numbers_are_given_once(street: HallRef) -> None:
    queue = queue_in(street)
    window_in(street, [queue], "1")

    with pytest.raises(AlreadyThere):
        queue_in(street)
    with pytest.raises(AlreadyThere):
        window_in(street, [queue], "1")


def test_a_window_takes_only_known_queues_and_each_once(street: HallRef) -> None:
    queue = queue_in(street)

    with pytest.raises(Invalid):
        window_in(street, [queue, uuid4()])
    with pytest.raises(Invalid):
        window_in(street, [queue, queue])


def test_a_clerk_sets_up_nothing(street: HallRef) -> None:
    with hall(street), pytest.raises(Forbidden):
        services.add_queue(prefix="A", name="x", by=staff_in(street, Role.WINDOW_CLERK))
