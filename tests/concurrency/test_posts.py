"""Two who administer at the same moment: one wins, the other hears why, nobody hears of a crash;
who must stay stays (C-61, domain.md §4.1, ADR 16)."""

from collections.abc import Callable
from uuid import UUID

import pytest

from apps.cases.models import Case
from apps.staff.errors import (
    AlreadyProposed,
    LastAdministrator,
    LastGuardian,
    NothingProposed,
    PostEnded,
    QuestionOver,
)
from apps.staff.models import Post
from apps.staff.services import access, below, deciding, posts, proposing
from apps.staff.services.deciding import Opened
from apps.staff.services.posts import About
from bancheng.city.exchange import questions
from bancheng.city.identity.accounts import Hashed
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.concurrency.test_cases import at_once
from tests.support.cases import Team
from tests.support.people import staff_in

pytestmark = pytest.mark.usefixtures("committed")


def words(found: list[object]) -> list[str]:
    return sorted(map(str, found))


def standing(ref: HallRef, *whom: Actor) -> list[Post]:
    with hall(ref):
        assert chain.verify().broken_at is None
        return [Post.objects.get(id__in=[who.post_id]) for who in whom]


def lock(whom: Actor, by: Actor) -> Callable[[], object]:
    assert whom.post_id is not None
    post: UUID = whom.post_id
    return lambda: access.lock(post_id=post, version=1, by=by).locked


def test_two_administrators_who_lock_each_other_leave_one(street: HallRef) -> None:
    for _ in range(3):
        with hall(street):
            Post.objects.update(active=False)
        one, other = (staff_in(street, Role.HALL_ADMIN) for _ in range(2))

        found = at_once(street, [lock(other, one), lock(one, other)])

        assert words(found) == words([True, LastAdministrator])
        assert sorted(post.locked for post in standing(street, one, other)) == [False, True]


def test_of_two_supervisors_locked_at_once_one_stays(street: HallRef) -> None:
    one, other = (staff_in(street, Role.HALL_ADMIN) for _ in range(2))
    watchers = [staff_in(street, Role.SUPERVISOR) for _ in range(2)]

    found = at_once(street, [lock(watchers[0], one), lock(watchers[1], other)])

    assert words(found) == words([True, LastGuardian])
    assert sorted(post.locked for post in standing(street, *watchers)) == [False, True]


def test_a_role_is_confirmed_once(street: HallRef) -> None:
    admin = staff_in(street, Role.HALL_ADMIN)
    watchers = [staff_in(street, Role.SUPERVISOR) for _ in range(3)]
    person = staff_in(street, Role.GREETER)
    assert person.post_id is not None
    post: UUID = person.post_id
    about = About("测试员", frozenset({Role.GREETER, Role.SUPERVISOR}), None)
    with hall(street):
        posts.change_post(post_id=post, version=1, about=about, by=admin)

    def confirm(by: Actor) -> Callable[[], object]:
        def act() -> object:
            done: Opened = deciding.decide(post_id=post, version=2, decision="confirm", by=by)
            return done.post.version

        return act

    found = at_once(street, [confirm(by) for by in watchers])

    assert words(found) == words([3, Stale, Stale])
    (kept,) = standing(street, person)
    assert (kept.roles, len(kept.vouched)) == (["greeter", "supervisor"], 1)


def test_the_hall_above_answers_once_while_the_question_is_withdrawn(
    street: HallRef, district: HallRef
) -> None:
    """Answered or withdrawn: never both, and what is carried out twice is done once."""
    admin, watcher = staff_in(street, Role.HALL_ADMIN), staff_in(street, Role.SUPERVISOR)
    judges = [staff_in(district, Role.SUPERVISOR) for _ in range(2)]
    assert watcher.post_id is not None
    post: UUID = watcher.post_id

    def ask() -> object:
        return proposing.ask_release(post_id=post, version=1, reason="调离", by=admin).version

    assert words(at_once(street, [ask, ask])) == words([2, Stale])
    with hall(district):
        question = next(one for one in questions.open_questions() if one.about.post_id == str(post))

    def judge(by: Actor) -> Callable[[], object]:
        return lambda: below.answer(question_id=question.id, decision="confirm", by=by)

    assert words(at_once(district, [judge(by) for by in judges])) == words([None, QuestionOver])

    def carry_out() -> object:
        answer = below.Answer(question.id, district.id, post, "confirm", "某人", Hashed())
        return "done" if below.carry_out(answer) else "nothing"

    def withdraw() -> object:
        deciding.decide(post_id=post, version=2, decision="decline", by=admin)
        return "withdrawn"

    found = at_once(street, [carry_out, carry_out, withdraw])

    (kept,) = standing(street, watcher)
    if "withdrawn" in found:
        assert words(found) == words(["nothing", "nothing", "withdrawn"])
        assert (kept.roles, kept.locked) == (["supervisor"], False)
    else:
        assert words(found) == words(["done", "nothing", Stale])
        assert (kept.roles, kept.locked) == ([], True)
    assert {AlreadyProposed, NothingProposed}.isdisjoint(found)


def test_who_leaves_hands_over_once_and_never_to_who_leaves_too(street: HallRef) -> None:
    """C-61: two end the same post; then each ends the other's, naming the other as heir."""
    team, admins = Team(street), [staff_in(street, Role.HALL_ADMIN) for _ in range(2)]
    case, heir = team.registered(), staff_in(street, Role.DESK_OFFICER)
    first = case.first_responder_post
    assert first is not None
    assert heir.post_id is not None
    ids = {"first": first, "heir": heir.post_id}

    def end(who: str, to: str, by: Actor) -> Callable[[], object]:
        return lambda: posts.end_post(post_id=ids[who], version=1, to=ids[to], by=by).active

    found = at_once(street, [end("first", "heir", by) for by in admins])
    with hall(street):
        kept = Case.objects.get(id=case.id)

    assert words(found) == words([False, Stale])
    assert kept.first_responder_post == heir.post_id
    assert PostEnded not in found

    third, fourth = (staff_in(street, Role.DESK_OFFICER) for _ in range(2))
    assert third.post_id is not None
    assert fourth.post_id is not None
    ids |= {"first": third.post_id, "heir": fourth.post_id}
    acts = [end("first", "heir", admins[0]), end("heir", "first", admins[1])]
    crossed = at_once(street, acts)

    assert [type(one) for one in crossed].count(bool) == 1
    assert sorted(post.active for post in standing(street, third, fourth)) == [False, True]
