"""Files in the shape of the API."""

from typing import Any

from rest_framework import serializers

from apps.attachments.rules import KINDS, State

SUBJECTS = ("case", "work", "meeting", "conduct", "draft")


class AttachmentOut(serializers.Serializer[Any]):
    """`shown`: its bytes may be had. `finding` is the scanner's word for what it found, or the code
    why a file of another hall was not taken."""

    id = serializers.UUIDField()
    subject = serializers.ChoiceField(SUBJECTS)
    subject_id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(list(KINDS))
    size = serializers.IntegerField(help_text="bytes")
    personal = serializers.BooleanField(help_text="it shows who the applicant is")
    state = serializers.ChoiceField([state.value for state in State])
    finding = serializers.CharField(allow_blank=True)
    added_at = serializers.DateTimeField()
    added_by = serializers.CharField(allow_blank=True)
    from_citizen = serializers.BooleanField()
    from_hall = serializers.CharField(allow_blank=True, help_text="another hall sent it")
    from_letter = serializers.UUIDField(allow_null=True, help_text="the referral it came with")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    shown = serializers.BooleanField()
    withdrawable = serializers.BooleanField()


class AddedOut(serializers.Serializer[Any]):
    """A file that was added or taken back; its name stays on the shelf."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(list(KINDS))
    size = serializers.IntegerField(help_text="bytes")
    state = serializers.ChoiceField([state.value for state in State])


class TakenKindOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(list(KINDS))
    endings = serializers.ListField(child=serializers.CharField())
    most_mb = serializers.IntegerField()


class AttachmentsOut(serializers.Serializer[Any]):
    """Oldest first; `takes`, `most` and `total_mb` say what may be added, `scanned` whether a
    virus scanner looks at it first."""

    results = AttachmentOut(many=True)
    may_add = serializers.BooleanField()
    takes = TakenKindOut(many=True)
    most = serializers.IntegerField()
    total_mb = serializers.IntegerField()
    scanned = serializers.BooleanField()


class WithdrawIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)
