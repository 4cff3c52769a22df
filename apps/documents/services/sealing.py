"""What a paper says holds names and numbers: it lies sealed, bound to its row (security.md §4)."""

from uuid import UUID

from apps.documents.models import Paper
from apps.documents.rendering import Content
from bancheng.kernel import keyring

_TABLE, _COLUMN = "documents_paper", "content"


def seal(content: Content, paper_id: UUID) -> bytes:
    return keyring.keys().seal(content.as_text(), table=_TABLE, column=_COLUMN, row=paper_id)


def opened(paper: Paper) -> Content:
    """What it said when it was issued; raises CannotOpen when somebody changed it."""
    kept = keyring.keys().open(
        bytes(paper.content_sealed), table=_TABLE, column=_COLUMN, row=paper.id
    )
    return Content.of_text(kept)
