"""A hall makes a template its own, and brings it together with a newer shipped one."""

import base64
from dataclasses import dataclass

from django.db import transaction

from apps.documents import permissions, rendering, templates
from apps.documents.composing import compose, number_of, samples
from apps.documents.errors import NotEdited
from apps.documents.models import Template
from apps.documents.rules import KINDS, Paper
from apps.documents.rules.template import check
from apps.documents.shipped import template
from apps.documents.templates import InForce
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@dataclass(frozen=True, slots=True)
class Words:
    """What a hall says itself: the text, the word before the number, the name at the head."""

    text: str
    code_word: str
    letterhead: str = ""


@transaction.atomic
def save(*, kind: Paper, version: int, words: Words, by: Actor) -> Template:
    """Store the hall's own template; from now on papers are made from it. It counts as made from
    what is shipped today, so that saving also ends an upgrade.

    Raises Forbidden, Stale, BadStructure, UnknownPlaceholder, PartMissing.
    """
    permissions.require(by, "templates.edit")
    own = _locked(kind, version)
    check(words.text, KINDS[kind])
    shipped = template(kind)
    own.version = version + 1
    own.text, own.code_word, own.letterhead = words.text, words.code_word, words.letterhead
    own.base_version, own.base_text = shipped.version, shipped.text
    own.changed_at, own.changed_by, own.changer_name = clock.now(), by.post_id, by.name
    own.save(force_update=True)
    _record(kind, "saved", own.version, by)
    return own


@transaction.atomic
def settle(*, kind: Paper, version: int, way: str, by: Actor) -> None:
    """`shipped`: back to what is shipped; `keep`: the hall's words stay, and the newer shipped
    template is not shown again. Raises Forbidden, Stale, NotEdited."""
    permissions.require(by, "templates.edit")
    own = _locked(kind, version)
    if own.version == 0:
        raise NotEdited
    if way == "shipped":
        own.delete()
    else:
        shipped = template(kind)
        own.base_version, own.base_text = shipped.version, shipped.text
        own.version += 1
        own.save(force_update=True)
    _record(kind, way, version, by)


def _locked(kind: Paper, version: int) -> Template:
    """The hall's row, locked; of two who make the first one at once, the second finds it made.
    At version 0 it is new, and goes with what is refused. Raises Stale."""
    new = Template(kind=kind, version=0, base_version=0)
    Template.objects.bulk_create([new], ignore_conflicts=True)
    own = Template.objects.select_for_update().get(kind=kind)
    if own.version != version:
        raise Stale(current=own.version)
    return own


def _record(kind: Paper, how: str, version: int, by: Actor) -> None:
    detail = {"kind": kind.value, "how": how, "version": version}
    audit.record("documents.template", subject="template", subject_id=None, by=by, detail=detail)
    live.publish({"desk"}, live.Change("template.changed", kind.value, version, actor=by.name))


@dataclass(frozen=True, slots=True)
class Look:
    """The pages as PNG in base64, and the characters no font has."""

    pages: list[str]
    missing: list[str]


def preview(*, kind: Paper, words: Words, by: Actor) -> Look:
    """How a paper would look, with invented values. Raises Forbidden and what `save` refuses."""
    permissions.require(by, "templates.read")
    shipped, asked = template(kind), KINDS[kind]
    head = words.letterhead or here().name
    wanted = InForce(words.text, words.code_word, head, shipped.look, shipped.copies, "look")
    called = number_of(words.code_word, clock.today().year, 1)
    content = compose(asked, wanted, samples(asked), number=called, issuer=by.name)
    pages = [base64.b64encode(page).decode() for page in rendering.pictures(content)]
    return Look(pages, rendering.missing(content))


def one(kind: Paper) -> dict[str, object]:
    """A template after it was saved or settled."""
    return templates.one(kind)
