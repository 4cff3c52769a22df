"""What is printed and handed out."""

from apps.documents import templates
from apps.setup.readiness import Found, check, enough
from bancheng.city.parameters import queries as parameters


@check("templates", step="papers", page="/documents")
def paper_templates() -> Found:
    """A template that the hall made its own is behind the one that ships now."""
    found = templates.shown()
    behind = sum(1 for one in found if one["newer"])
    edited = sum(1 for one in found if one["edited"])
    return enough(not behind, {"count": len(found), "edited": edited, "behind": behind}, "warn")


@check("remedy_text", step="papers", page="/settings/parameters")
def remedy_text() -> Found:
    """Where a person may go after a refusal; without it each handler types it anew (§3.9)."""
    return enough(bool(parameters.value("cases.remedy_text")), {}, "warn")
