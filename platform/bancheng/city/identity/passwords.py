"""What a password must be: long, of several kinds, unknown to guessers, new (security.md §1.2)."""

import gzip
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.auth import hashers, password_validation

from bancheng.kernel.errors import Refusal

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
"""Without what is misread from paper: 0 and O, 1 and l and I, o and i."""
_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
_COMMON_HERE = (
    "woaini", "5201314", "1314520", "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "q1w2e3r4",
    "password", "passw0rd", "p@ssw0rd", "admin", "abc123", "a123456", "123456", "654321",
    "111111", "888888", "666666", "000000", "88888888", "zhengwu", "dating", "banshi", "bancheng",
)  # fmt: skip
"""What people here begin with: such a stem with a year or an exclamation mark is no secret."""
_LONGEST_TAIL = 4


class WeakPassword(Refusal):
    """`reasons`: too_short, too_plain, common, contains_name, used_before; `length` and `classes`
    say what is asked for."""

    code = "password.weak"
    status = 422


@dataclass(frozen=True, slots=True)
class Policy:
    """What a hall asks for."""

    length: int
    classes: int
    remembered: int


def require_good(password: str, asked: Policy, *, username: str, earlier: Iterable[str]) -> None:
    """Raise WeakPassword with every reason at once; `earlier` are hashes, the current one first."""
    reasons = list(_reasons(password, username, asked))
    used = list(earlier)[: max(asked.remembered, 1)]
    if not reasons and any(hashers.check_password(password, one) for one in used):
        reasons.append("used_before")
    if reasons:
        raise WeakPassword(reasons=reasons, length=asked.length, classes=asked.classes)


def one_time() -> str:
    """A password for paper: three groups of four, about 69 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _reasons(password: str, username: str, asked: Policy) -> Iterable[str]:
    if len(password) < asked.length:
        yield "too_short"
    if sum(bool(re.search(kind, password)) for kind in _KINDS) < asked.classes:
        yield "too_plain"
    plain = password.lower()
    if len(username) >= 3 and username.lower() in plain:
        yield "contains_name"
    if _is_common(plain):
        yield "common"


def _is_common(plain: str) -> bool:
    """On the list, or a common stem with a short tail, or one sign over and over."""
    if plain in _common() or len(set(plain)) <= 3:
        return True
    stem = re.sub(r"[^a-z0-9@]+", "", plain)
    return any(
        stem.startswith(one) and len(stem) - len(one) <= _LONGEST_TAIL for one in _COMMON_HERE
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The 20,000 commonest of the breached ones, as Django carries them (ASVS 6.2.12)."""
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)
