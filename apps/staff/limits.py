"""Passwords and sign-in: what a place decides for itself (security.md §1.2, GB/T 22239 8.1.4.1)."""

from datetime import timedelta

from bancheng.city.identity.passwords import Policy
from bancheng.city.parameters import queries, registry
from bancheng.city.parameters.registry import Parameter

_SOURCE = "GB/T 22239-2019 8.1.4.1"
_APART = "财会〔2012〕21号 12"
PARAMETERS = (
    Parameter("staff.password_length", "number", 10, _SOURCE, low=8, high=64),
    Parameter("staff.password_classes", "number", 3, _SOURCE, low=1, high=4),
    Parameter("staff.password_days", "number", 90, _SOURCE, low=0, high=730),
    Parameter("staff.passwords_remembered", "number", 5, _SOURCE, low=0, high=20),
    Parameter("staff.failures", "number", 5, _SOURCE, low=3, high=20),
    Parameter("staff.locked_minutes", "number", 15, _SOURCE, low=1, high=1440),
    Parameter("staff.mutual_days", "number", 180, _APART, low=0, high=730),
)
registry.declare(PARAMETERS)


def failures() -> int:
    """How many wrong passwords close the door."""
    return queries.number("staff.failures")


def closed_for() -> timedelta:
    """How long it stays closed."""
    return timedelta(minutes=queries.number("staff.locked_minutes"))


def password_policy() -> Policy:
    """What a new password must be."""
    keys = ("password_length", "password_classes", "passwords_remembered")
    return Policy(*(queries.number(f"staff.{key}") for key in keys))


def password_age() -> timedelta | None:
    """After how long a password must be changed; None for never (ASVS 6.2.10 against GB/T 22239:
    the place decides)."""
    days = queries.number("staff.password_days")
    return timedelta(days=days) if days else None


def mutual() -> timedelta:
    """How long two people do not confirm for each other (不相容岗位相互分离)."""
    return timedelta(days=queries.number("staff.mutual_days"))
