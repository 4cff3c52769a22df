"""Search: every word of it stands in the case, or it is somebody's whole name or number.

The index finds the candidates, the comparison keeps those that hold the words, so nothing is
missed and nothing is shown in vain. Where a case is confidential, neither the person nor the
enterprise leads those to it who may not know them.
"""

from django.db.models import Q

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
        fits &= Q(text__plain__contains=word) | (Q(text__holder__contains=word) & known)
    pieces = sorted({piece for word in asked for piece in words.pieces_of_word(word)})
    fits &= Q(text__pieces__contains=pieces)
    for key in people.keys_asked(text):
        held = Q(text__pieces__contains=[words.number_of_key(key)])
        fits |= held & Q(text__people__contains=[key.hex()]) & known
    return fits
