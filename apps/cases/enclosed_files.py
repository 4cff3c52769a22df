"""Where the files stand that go along with letters, as seen from this end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from apps.attachments import queries as attachments
from apps.cases.models import Case
from bancheng.city.exchange.enclosed import Enclosed, ident
from bancheng.city.exchange.kinds import EventKind, LetterState
from bancheng.city.exchange.queries import Line, Mail
from bancheng.kernel.hall import here

_STANDS = {"coming": "coming", "not_taken": "refused"}
_UNDECIDED = (LetterState.SENT, LetterState.RETURNED)


def of(
    letters: Sequence[Mail], lines: Mapping[UUID, Sequence[Line]]
) -> dict[UUID, list[dict[str, Any]]]:
    """The files of each letter that has any. What this hall sent it knows of from its own case,
    what it takes from its own shelf; two queries where there is a file at all."""
    enclosed = [letter for letter in letters if any(one.files for one in lines[letter.id])]
    if not enclosed:
        return {}
    told = _told({letter.id for letter in enclosed})
    own = attachments.states(
        [
            ident(line.letter_id, file.id)
            for letter in enclosed
            for line, file in _each(lines[letter.id])
            if line.by_hall != here().id
        ]
    )
    return {
        letter.id: [
            _file(letter, line, file, told.get(letter.id, {}), own)
            for line, file in _each(lines[letter.id])
        ]
        for letter in enclosed
    }


def _each(lines: Sequence[Line]) -> Iterator[tuple[Line, Enclosed]]:
    """Every file once, however often an answer named it."""
    seen = {}
    for line in lines:
        for file in line.files:
            seen[file.id] = (line, file)
    return iter(seen.values())


def _file(
    letter: Mail, line: Line, file: Enclosed, told: Mapping[str, str], own: Mapping[UUID, str]
) -> dict[str, Any]:
    mine = line.by_hall == here().id
    copy = ident(letter.id, file.id)
    if mine:
        state = told.get(str(file.id), _waits(letter))
    else:
        state = _STANDS.get(own[copy], "arrived") if copy in own else _waits(letter)
    return {
        "id": file.id if mine else copy,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "personal": file.personal,
        "with_answer": line.kind is EventKind.ANSWERED,
        "state": state,
    }


def _waits(letter: Mail) -> str:
    return "offered" if letter.state in _UNDECIDED else "coming"


def _told(letter_ids: set[UUID]) -> dict[UUID, dict[str, str]]:
    """What the other hall said became of files of this one."""
    rows = Case.objects.filter(Q(letter_in__in=letter_ids) | Q(letter_out__in=letter_ids))
    found: dict[UUID, dict[str, str]] = {}
    for came, went, referral in rows.values_list("letter_in", "letter_out", "referral"):
        for letter, end in ((came, "in"), (went, "out")):
            if letter in letter_ids:
                found[letter] = (referral.get(end) or {}).get("files", {})
    return found
