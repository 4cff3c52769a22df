"""Who somebody is, as far as the queue may know: a key that matches the same phone again (the one
cases use), masks for staff, and codes that open one thing of one person."""

import secrets

from bancheng.kernel import keyring

# Without what looks or sounds alike; ten of thirty letters are 49 bits.
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10
_SHORTEST_PHONE = 5


def digits_of(phone: str) -> str:
    """A phone number as it is compared: digits only."""
    return "".join(filter(str.isdigit, phone))


def key_of(phone: str) -> bytes | None:
    """The blind index of a phone number in this hall; None for what is no number."""
    digits = digits_of(phone)
    if len(digits) < _SHORTEST_PHONE:
        return None
    return keyring.keys().blind_index(f"phone|{digits}")


def new_code() -> str:
    """What opens a position page or an appointment: short enough to type, too long to guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def normal_code(text: str) -> str:
    """A code as it is compared."""
    return "".join(text.split()).lower()[:12]


def masked_name(name: str) -> str:
    """The surname's first character."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2) if name else ""


def masked_phone(phone: str) -> str:
    """138****5678; a short number keeps its last two digits."""
    digits = digits_of(phone)
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]
