"""Files on the wire: as they come in, and as they go out (security.md §2.3, RFC 6266, RFC 8187)."""

from urllib.parse import quote, unquote

from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.request import Request

from apps.attachments.services.reading import Content
from apps.attachments.services.receiving import Offered
from bancheng.kernel.errors import Invalid

NAME = "X-File-Name"
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SMALL = 256 * 1024


def offered(request: Request) -> Offered:
    """What a request brings: the body is the file, a header has its name, percent-encoded UTF-8.

    Nothing is read of the body here. Raises Invalid for a name in another coding.
    """
    try:
        name = unquote(request.headers.get(NAME, ""), errors="strict")
    except UnicodeDecodeError as error:
        raise Invalid(errors={"name": ["invalid"]}) from error
    announced = request.META.get("CONTENT_LENGTH") or ""
    return Offered(
        name=name,
        stream=request._request,
        announced=int(announced) if announced.isdecimal() else None,
        personal=request.GET.get("personal") == "true",
    )


def answer(content: Content, *, inline: bool) -> HttpResponse | StreamingHttpResponse:
    """The bytes, to be saved under their own name; a picture, made anew here, also to be looked
    at. No page, script or frame can come of it, and nothing keeps a copy. What is small is given
    whole, the rest piece by piece as it is opened."""
    shown = inline and content.kind.family == "image"
    headers = {
        "Content-Length": str(content.size),
        "Content-Disposition": _disposition("inline" if shown else "attachment", content.name),
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    media = content.kind.media
    if content.size <= _SMALL:
        return HttpResponse(b"".join(content.pieces), content_type=media, headers=headers)
    return StreamingHttpResponse(content.pieces, content_type=media, headers=headers)


def _disposition(how: str, name: str) -> str:
    """An ASCII name for those who know no other, the true one beside it."""
    plain = "".join(one if one.isascii() and one.isprintable() else "_" for one in name)
    safe = plain.replace('"', "_").replace("\\", "_").replace("%", "_")
    return f"{how}; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
