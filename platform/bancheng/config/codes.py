"""QR codes that lead to pages of this very hall: a ticket's position page, a screen's pairing."""

import io
import re

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bancheng.kernel.api import problem

_OURS = re.compile(r"/(?:p/[\w./-]{0,80}|screens\?code=[0-9A-Z]{6})", re.ASCII).fullmatch


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """`/qr.svg?to=/p/t/…` as SVG without colours of its own; other places get a 404, so that
    nobody's link travels under the hall's name."""
    wanted = request.GET.get("to", "")
    if not _OURS(wanted) or ".." in wanted:
        return problem.plain("not_found", 404)
    drawn = io.BytesIO()
    code = segno.make_qr(request.build_absolute_uri(wanted), error="m")
    code.save(drawn, kind="svg", border=2, xmldecl=False, omitsize=True, nl=False)
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=86400"
    return response
