"""A file is opened: quietly from the start, or for a case that was open until now."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from apps.attachments.services import going_up, handing_over
from apps.attachments.services.going_up import Bundle
from apps.cases.services import sealing
from apps.cases.services.sealing import Accusation, Handed, NewFile, Person
from apps.conduct.details import Accused
from apps.conduct.models import ConductFile
from apps.conduct.rules import State, Step
from apps.conduct.services import circle, identity, sending_up
from apps.conduct.services.writing import Held, tell
from apps.staff import permissions as staff
from apps.staff import queries as people
from apps.work import queries as work
from bancheng.city.rollups import conduct as figures
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


@transaction.atomic
def register(given: NewFile, *, by: Actor) -> sealing.Case:
    """Write a complaint about conduct down quietly; who registers it does not see it again unless
    the circle says so. Raises Forbidden, Invalid, NobodyLeft."""
    staff.require(by, "conduct.open")
    return sealing.register(given, by=by)


@transaction.atomic
def seal(
    *, case_id: UUID, version: int, accusation: Accusation, note: str, by: Actor
) -> sealing.Case:
    """Make a sealed file of an open case; raises NotFound, Stale, Forbidden, AlreadyReferred,
    NobodyLeft."""
    case = sealing.open_case(case_id, version, by)
    staff.require(by, "conduct.open")
    return sealing.seal(case, accusation, by, note=note)


@sealing.kept_by
def keep(handed: Handed, by: Actor) -> set[UUID]:
    """Open the file of a case that was just sealed; the posts that may know of it.

    Units that had the case before count as accused where nobody is named. When nobody is left in
    this hall the file goes up at once, with what lies under it. Raises Invalid, NobodyLeft.
    """
    said = handed.accusation
    file = ConductFile(
        case_id=handed.case.id,
        number=handed.case.number,
        others=said.others,
        facts=list(said.facts),
        tags=list(said.tags),
        opened_by=by.post_id,
    )
    units = said.units or (() if said.posts else handed.concerned)
    accuse(file, units, said.posts)
    everybody = circle.people()
    fit = circle.of(file, everybody)
    papers = [handed.case.id, *work.under(handed.case.id)]
    if not circle.decided_by_somebody(fit, everybody):
        given = going_up.give_away(papers, ("conduct", file.id))
        whole = going_up.both(given, handed.bundle)
        sending_up.send(file, handed.case, handed.person, "nobody_left", whole)
        file.state, fit = State.SENT_UP, set()
    file.save(force_insert=True)
    if fit:
        identity.keep(file, handed.person)
        handing_over.hand_over(papers, ("conduct", file.id))
        if handed.bundle is not None:
            going_up.take_up(handed.bundle, ("conduct", file.id))
        figures.tally(said.facts[0] if said.facts else "other")
    handed.case.circle = sorted(fit)
    tell(Held(file, handed.case, Step.ACCUSE), "opened", by)
    return fit


def accuse(file: ConductFile, units: Iterable[UUID], posts: Iterable[UUID]) -> None:
    """Put down who is meant, with the names of today; raises Invalid for an unknown one."""
    known_units = {row["id"]: row["name"] for row in people.departments()}
    known_posts = {one.id: one.name for one in circle.people()}
    wanted_units, wanted_posts = list(dict.fromkeys(units)), list(dict.fromkeys(posts))
    if not (set(wanted_units) <= set(known_units) and set(wanted_posts) <= set(known_posts)):
        raise Invalid(errors={"accused": ["unknown"]})
    file.accused_units, file.accused_posts = wanted_units, wanted_posts
    named = [Accused("unit", unit, known_units[unit]) for unit in wanted_units]
    named += [Accused("post", post, known_posts[post]) for post in wanted_posts]
    file.accused = [one.as_json() for one in named]


@transaction.atomic
def take_up(letter_id: UUID, *, by: Actor) -> sealing.Case | None:
    """A sealed letter from a hall below becomes a file here; None when that was done before."""
    found = sending_up.received(letter_id)
    if found is None:
        return None
    hall_name, said = found
    others = f"{hall_name}：{said.accused}"
    accusation = Accusation(others=others, facts=said.facts, tags=said.tags)
    bundle = Bundle(letter_id, hall_name, said.papers)
    person = Person(**said.person)
    wanted = NewFile(said.title, said.detail, said.want, person, accusation, bundle)
    return sealing.register(wanted, by=by)
