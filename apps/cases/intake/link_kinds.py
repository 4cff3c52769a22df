"""How two cases of a hall can stand to each other."""

from enum import StrEnum


class LinkKind(StrEnum):
    """`merged_into` and `repeat_of` are made by their own rules, the others by people."""

    RELATED = "related"
    DUPLICATE_OF = "duplicate_of"
    REPEAT_OF = "repeat_of"
    SPLIT_FROM = "split_from"
    MERGED_INTO = "merged_into"


BY_PEOPLE = (LinkKind.RELATED, LinkKind.DUPLICATE_OF, LinkKind.REPEAT_OF, LinkKind.SPLIT_FROM)
