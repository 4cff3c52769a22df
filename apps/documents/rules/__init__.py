"""What papers there are, how a template reads, how two versions of one are brought together."""

from apps.documents.rules.kinds import KINDS, PERSON, Field, Kind, Paper, Shape, Subject

__all__ = ["KINDS", "PERSON", "Field", "Kind", "Paper", "Shape", "Subject"]
