"""What everybody reads: rows of sealed cases are not among them (domain.md §4.1, security.md D13).

`objects` of a case and of all that hangs on it leaves sealed cases out, so that a query that was
written without thinking of them finds none. `every` is for the few that must: a citizen's own
page, free numbers, and the sealed file itself.
"""

from typing import TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

M = TypeVar("M", bound=models.Model)


class Open(models.Manager[M]):
    """Rows that carry the mark themselves."""

    def get_queryset(self) -> QuerySet[M]:
        return super().get_queryset().filter(sealed=False)


class OfOpenCases(models.Manager[M]):
    """Rows that hang on a case. A subquery, so that a lock takes no row of a case along."""

    def get_queryset(self) -> QuerySet[M]:
        sealed = apps.get_model("cases", "Case")._base_manager.filter(sealed=True)
        return super().get_queryset().filter(~Q(case_id__in=sealed.values("id")))
