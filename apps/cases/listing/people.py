"""A person is found by the whole name, telephone or ID number, and only through keyed hashes."""

import re

from apps.cases import masks
from apps.cases.listing.words import folded
from bancheng.kernel import keyring

_id_number = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]").fullmatch
_telephone = re.compile(r"\+?[0-9() -]+").fullmatch
_digit = re.compile(r"\d").search
_SHORTEST_PHONE, _LONGEST_NAME = 7, 40


def keys_of(*, name: str = "", phone: str = "", id_number: str = "") -> list[bytes]:
    """The keyed hashes of what is known of somebody; empty values have none."""
    known = {
        "name": _as_name(name),
        "phone": masks.digits_of(phone),
        "id": masks.normal_id(id_number),
    }
    keys = keyring.keys()
    return [keys.blind_index(f"{kind}|{value}") for kind, value in known.items() if value]


def keys_asked(text: str) -> list[bytes]:
    """The keyed hashes that a search could mean: a number as telephone and ID, else a name."""
    given = text.strip()
    id_number = masks.normal_id(given)
    digits = masks.digits_of(given)
    phone = digits if _telephone(given) and len(digits) >= _SHORTEST_PHONE else ""
    name = "" if _digit(given) or not 1 < len(given) <= _LONGEST_NAME else given
    return keys_of(name=name, phone=phone, id_number=id_number if _id_number(id_number) else "")


def _as_name(value: str) -> str:
    return "".join(folded(value).split())
