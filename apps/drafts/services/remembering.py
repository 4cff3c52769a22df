"""What a step found, remembered for as long as the step can be taken back."""

import json
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from apps.drafts.models import LastStep
from apps.drafts.queries import Found
from bancheng.kernel import clock, keyring

_KEEP = timedelta(hours=1)


def remember(subject_id: UUID, found: Found) -> None:
    """Keep what the subject was before the step, in the step's own transaction; only the newest
    step of a subject is remembered."""
    plain = json.dumps(found.kept, ensure_ascii=False, separators=(",", ":"))
    sealed = keyring.keys().seal(plain, table="drafts_laststep", column="kept", row=subject_id)
    row = LastStep(
        subject_id=subject_id,
        step=found.step,
        version=found.version,
        at=found.at,
        post=found.post,
        kept=sealed,
    )
    LastStep.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["subject_id"],
        update_fields=["step", "version", "at", "post", "kept"],
    )


def let_go(subjects: Collection[UUID]) -> None:
    """These steps cannot be taken back any more."""
    LastStep.objects.filter(subject_id__in=subjects).delete()


def forget() -> int:
    """Let go of everything that nobody can take back any more; how many."""
    return LastStep.objects.filter(at__lt=clock.now() - _KEEP).delete()[0]
