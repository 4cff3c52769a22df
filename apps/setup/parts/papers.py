"""The words of papers that a hall made its own; the name at their head stays each hall's."""

from collections.abc import Mapping

from apps.documents import templates
from apps.documents.rules import Paper
from apps.documents.services import editing
from apps.documents.services.editing import Words
from apps.setup.configuration import Entries, Entry, Part, part
from apps.setup.errors import UnknownFormat
from bancheng.kernel.actor import Actor

_LONGEST = {"text": 20_000, "code_word": 12}


def _export() -> Entries:
    return {
        one["kind"]: {name: one[name] for name in _LONGEST}
        for one in templates.shown()
        if one["edited"]
    }


def _put(wanted: Entries, by: Actor) -> None:
    here = {one["kind"]: one for one in templates.shown()}
    for kind, entry in wanted.items():
        if kind not in here:
            raise UnknownFormat(part="templates", entry=kind[:40])
        texts = _texts(kind, entry)
        words = Words(texts["text"], texts["code_word"], here[kind]["letterhead"])
        editing.save(kind=Paper(kind), version=here[kind]["version"], words=words, by=by)


def _texts(kind: str, entry: Entry) -> dict[str, str]:
    given = entry if isinstance(entry, Mapping) else {}
    found = {name: given.get(name) for name in _LONGEST}
    texts = {name: text for name, text in found.items() if isinstance(text, str)}
    fit = all(len(text) <= _LONGEST[name] for name, text in texts.items())
    if len(texts) < len(_LONGEST) or not fit:
        raise UnknownFormat(part="templates", entry=kind)
    return texts


part(Part("templates", _export, _put, after=60))
