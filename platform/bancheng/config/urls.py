"""Every address of a hall's host."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from bancheng.config import codes, health, shells
from bancheng.config.live.events import EventsView
from bancheng.config.schema import SchemaView
from bancheng.kernel.api.addresses import Addresses

api: list[URLPattern | URLResolver] = [
    path("schema", SchemaView.as_view()),
    path("events", EventsView.as_view()),
    path("", include("apps.staff.api.urls")),
    path("", include("apps.windows.api.urls")),
    path("", include("apps.cases.api.urls")),
    path("", include("apps.notices.api.urls")),
    path("", include("apps.work.api.urls")),
    path("", include("apps.oversight.api.urls")),
    path("", include("apps.conduct.api.urls")),
    path("", include("apps.portal.api.urls")),
    path("", include("apps.overview.api.urls")),
    path("", include("apps.policies.api.urls")),
    path("", include("apps.attachments.api.urls")),
    path("", include("apps.drafts.api.urls")),
    path("", include("apps.documents.api.urls")),
    path("", include("apps.ledger.api.urls")),
    path("", include("apps.setup.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    Addresses("api/v1/", api),
    path("p/", shells.portal),
    path("p/<path:rest>", shells.portal),
    path("display/", shells.display),
    path("kiosk/", shells.kiosk),
    path("qr.svg", codes.qr),
    path("sw.js", shells.worker),
    re_path(r"^(?!api/|static/|ws/)", shells.staff),
]

handler400 = "bancheng.kernel.api.problem.bad_request"
handler404 = "bancheng.kernel.api.problem.not_found"
handler500 = "bancheng.kernel.api.problem.failed"
