"""What the answers about papers and templates look like, and the bodies they take."""

from typing import Any

from rest_framework import serializers

from apps.cases.api.inputs import choice
from apps.documents.rules import Paper, Shape, Subject
from apps.documents.rules.template import MOST


class PaperIssuerOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class PaperVoidOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    by = serializers.CharField()
    reason = serializers.CharField()


class PaperOut(serializers.Serializer[Any]):
    """`personal`: it names the person, and is printed only for who may open them. `missing` are
    characters that no font has: they stand as 〓 with a note, to be written in by hand."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = choice(*Paper)
    subject = choice(*Subject)
    subject_id = serializers.UUIDField()
    case = serializers.UUIDField(allow_null=True)
    number = serializers.CharField()
    title = serializers.CharField()
    personal = serializers.BooleanField()
    template = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    issued_at = serializers.DateTimeField()
    issuer = PaperIssuerOut()
    prints = serializers.IntegerField()
    void = PaperVoidOut(allow_null=True)
    may = serializers.ListField(child=choice("print", "void"))


class PaperOfferOut(serializers.Serializer[Any]):
    """A paper that the asker can issue now; `about` tells two of a kind apart."""

    kind = choice(*Paper)
    subject_id = serializers.UUIDField()
    about = serializers.CharField(allow_null=True)


class PapersOut(serializers.Serializer[Any]):
    results = PaperOut(many=True)
    offers = PaperOfferOut(many=True)


class PaperIssueIn(serializers.Serializer[Any]):
    """`subject` is the id of what this kind of paper is about."""

    kind = choice(*Paper)
    subject = serializers.UUIDField()


class PaperVoidIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class PlaceholderOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    shape = choice(*Shape)
    columns = serializers.IntegerField()


class TemplateLineOut(serializers.Serializer[Any]):
    how = choice("same", "added", "removed")
    text = serializers.CharField(allow_blank=True)


class TemplateUpgradeOut(serializers.Serializer[Any]):
    """What changed in the shipped template since the hall made its own, and both together; in
    `conflicts` places both had changed the same lines, and the hall's words stayed."""

    lines = TemplateLineOut(many=True)
    merged = serializers.CharField()
    conflicts = serializers.IntegerField()


class TemplateOut(serializers.Serializer[Any]):
    """`version` is 0 while the hall has no words of its own."""

    kind = choice(*Paper)
    subject = choice(*Subject)
    version = serializers.IntegerField()
    edited = serializers.BooleanField()
    text = serializers.CharField()
    code_word = serializers.CharField(allow_blank=True)
    letterhead = serializers.CharField(allow_blank=True)
    look = choice("form", "letter")
    copies = serializers.ListField(child=serializers.CharField())
    shipped_version = serializers.IntegerField()
    shipped_text = serializers.CharField()
    base_version = serializers.IntegerField()
    newer = serializers.BooleanField()
    changed_at = serializers.DateTimeField(allow_null=True)
    changer = serializers.CharField(allow_null=True, allow_blank=True)
    upgrade = TemplateUpgradeOut(allow_null=True)
    fields = PlaceholderOut(many=True)  # type: ignore[assignment]
    needs = serializers.ListField(child=serializers.CharField())


class TemplatesOut(serializers.Serializer[Any]):
    results = TemplateOut(many=True)


class TemplateWordsIn(serializers.Serializer[Any]):
    """A template reads as `docs/papers.md` says."""

    kind = choice(*Paper)
    text = serializers.CharField(max_length=MOST, trim_whitespace=False)
    code_word = serializers.CharField(max_length=12, allow_blank=True, default="")
    letterhead = serializers.CharField(max_length=40, allow_blank=True, default="")


class TemplateSettleIn(serializers.Serializer[Any]):
    """`shipped`: take the shipped template; `keep`: stay with the hall's own."""

    kind = choice(*Paper)
    way = choice("shipped", "keep")


class TemplateLookOut(serializers.Serializer[Any]):
    """Pages as PNG in base64, with invented values."""

    pages = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
