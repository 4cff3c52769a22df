"""The codes and tables of oversight, without Django (domain.md §2.5, §3.6)."""

from apps.oversight.rules.cards import AUDIENCES, Audience, CardState, Level, StallKind
from apps.oversight.rules.duty import DutyRole, DutyState, Part
from apps.oversight.rules.orders import OrderKind, OrderReason, OrderState
from apps.oversight.rules.quality import CRITERIA, CheckKind, CheckState

__all__ = [
    "AUDIENCES",
    "CRITERIA",
    "Audience",
    "CardState",
    "CheckKind",
    "CheckState",
    "DutyRole",
    "DutyState",
    "Level",
    "OrderKind",
    "OrderReason",
    "OrderState",
    "Part",
    "StallKind",
]
