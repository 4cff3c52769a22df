from django.urls import path

from apps.portal.api.track import PortalAppealView, TrackView

urlpatterns = [
    path("portal/track", TrackView.as_view()),
    path("portal/appeal", PortalAppealView.as_view()),
]
