"""Telling a desk that a letter lies in its box."""

from uuid import UUID

from django.db import transaction

from bancheng.services.live import log as live


@transaction.atomic
def letter_came(letter_id: UUID) -> None:
    """A hint on the receiver's topics; the letter itself is already there. Twice is harmless."""
    live.publish(["board", "referrals"], live.Change("referral.came", letter_id))
