"""Search: every word of it stands in the case, or it is somebody's whole name or number.

The index finds the candidates, the comparison keeps those that hold the words, so nothing is
missed and nothing is shown in vain. Where a case is confidential, neither the person nor the
enterprise leads those to it who may not know them.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from apps.cases import permissions
from apps.cases.listing import people, words
from bancheng.kernel.actor import Actor


def found(text: str, by: Actor) -> Q:
    """The cases that a search means; blanks alone mean all."""
    asked = words.words(text)
    if not asked:
        return Q()
    known = Q() if by.has_role(*permissions.SEE_THE_HALL) else Q(confidential=False)
    fits = Q()
    for word in asked:
        fits &= _stands("plain", word) | (_stands("holder", word) & known)
    pieces = sorted({piece for word in asked for piece in words.pieces_of_word(word)})
    fits &= Q(text__pieces__contains=pieces)
    for key in people.keys_asked(text):
        held = Q(text__pieces__contains=[words.number_of_key(key)])
        fits |= held & Q(text__people__contains=[key.hex()]) & known
    return fits


def _stands(column: str, word: str) -> Q:
    """The word stands in the column. Put so that the planner counts on it for every row that the
    index found: with LIKE it expects a tenth, and walks the rest."""
    place = StrIndex(F(f"text__{column}"), Value(word))
    return ~Q(Exact(place, 0))
