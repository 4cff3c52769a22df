from django.urls import path

from apps.portal.api.track import TrackView

urlpatterns = [path("portal/track", TrackView.as_view())]
