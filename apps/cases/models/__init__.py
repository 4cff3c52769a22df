"""The tables of cases: receptions, cases, their people, their history, their clocks, what
they are found by."""

from apps.cases.models.applicant import Applicant
from apps.cases.models.case import Case
from apps.cases.models.deadline import Deadline
from apps.cases.models.event import CaseEvent
from apps.cases.models.link import CaseLink
from apps.cases.models.reception import Reception
from apps.cases.models.text import CaseText

__all__ = ["Applicant", "Case", "CaseEvent", "CaseLink", "CaseText", "Deadline", "Reception"]
