"""A hall above answers what a hall below asks about those who watch there; the hall below does it.

Two transactions in two halls: the answer and its message are one, carrying it out is another.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.staff import rules, sessions
from apps.staff.errors import QuestionOver
from apps.staff.events import AnsweredAbove
from apps.staff.models import Post
from apps.staff.permissions import require
from apps.staff.proposals import Proposal
from apps.staff.services.changes import TOPIC, saved_post
from apps.staff.services.deciding import Decision, given_password, roles_given
from apps.staff.services.taking import held, one_at_a_time
from bancheng.city.exchange import questions
from bancheng.city.identity import accounts, passwords
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log
from bancheng.services.outbox import queue as outbox


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hall above has decided, as it travels down; `password` is a hash, or empty."""

    question_id: UUID
    from_hall: UUID
    post_id: UUID
    decision: str
    by_name: str
    password: accounts.Hashed


@transaction.atomic
def arrived(question_id: UUID) -> None:
    """Let the pages of this hall look again: a hall below asks. Twice is harmless."""
    log.publish([TOPIC], log.Change("staff.asked_above", question_id))


@transaction.atomic
def answer(*, question_id: UUID, decision: Decision, by: Actor) -> str | None:
    """Say yes or no to a hall below, once; where a one-time password was asked for, it is made and
    told here, to be handed over by whoever answers. Raises Forbidden, NotFound, QuestionOver."""
    require(by, "staff.answer_below")
    asked = questions.take(question_id)
    if asked is None:
        raise QuestionOver if questions.was_asked(question_id) else NotFound
    wanted = decision == "confirm" and asked.about.what == "password"
    password = passwords.one_time() if wanted else None
    detail = {"hall": asked.hall_name, "what": asked.about.what, "decision": decision}
    audit.record(
        "staff.question_answered", subject="question", subject_id=question_id, by=by, detail=detail
    )
    outbox.publish(
        AnsweredAbove(
            question_id=question_id,
            to_hall=asked.from_hall,
            from_hall=here().id,
            post_id=UUID(asked.about.post_id),
            decision=decision,
            by_name=by.name,
            password=accounts.hashed(password) if password else "",
        )
    )
    log.publish([TOPIC], log.Change("staff.question_answered", question_id))
    return password


@transaction.atomic
def carry_out(answer: Answer) -> Post | None:
    """Do in this hall what the hall above has decided; nothing where the question was withdrawn,
    done before, or does not come from the hall above."""
    one_at_a_time()
    post = Post.objects.select_for_update().filter(id=answer.post_id, active=True).first()
    proposal = Proposal.of(post.proposed) if post else None
    if post is None or proposal is None or proposal.above != answer.question_id:
        return None
    if here().parent_id != answer.from_hall:
        return None
    post.proposed = None
    detail = {"above": answer.by_name}
    if answer.decision != "confirm" or not _possible(post, proposal):
        return saved_post(post, f"{proposal.what}_declined", SYSTEM, detail=detail)
    if proposal.what == "password":
        return given_password(post, SYSTEM, answer.password).post
    if proposal.what == "roles":
        return roles_given(post, proposal, SYSTEM)
    return _let_go(post, detail)


def _possible(post: Post, proposal: Proposal) -> bool:
    """Whether nothing that came since stands against it."""
    if proposal.what == "password":
        return not accounts.is_shared(post.account_id)
    return not rules.clashing(held(post) | frozenset(proposal.roles))


def _let_go(post: Post, detail: dict[str, str]) -> Post:
    """The watching roles are gone, nothing opens any more; who follows is proposed anew."""
    post.roles = [role.value for role in sorted(held(post) - rules.WATCHING)]
    post.locked = True
    sessions.end(post.id)
    return saved_post(post, "post_released", SYSTEM, detail=detail)
