from django.urls import path

from apps.portal.api import booking, position
from apps.portal.api.files import PortalFilesView
from apps.portal.api.track import PortalAnswerView, PortalAppealView, TrackView

urlpatterns = [
    path("portal/sign", position.SignView.as_view()),
    path("portal/queues", position.PortalQueuesView.as_view()),
    path("portal/tickets", position.PortalTicketsView.as_view()),
    path("portal/positions/<str:code>", position.PositionView.as_view()),
    path("portal/positions/<str:code>/leave", position.PositionLeaveView.as_view()),
    path("portal/booking", booking.BookingView.as_view()),
    path("portal/booking/slots", booking.BookingSlotsView.as_view()),
    path("portal/bookings", booking.BookingsView.as_view()),
    path("portal/bookings/<str:code>", booking.BookedView.as_view()),
    path("portal/bookings/<str:code>/cancel", booking.BookingCancelView.as_view()),
    path("portal/bookings/<str:code>/calendar.ics", booking.CalendarView.as_view()),
    path("portal/track", TrackView.as_view()),
    path("portal/answer", PortalAnswerView.as_view()),
    path("portal/appeal", PortalAppealView.as_view()),
    path("portal/attachments", PortalFilesView.as_view()),
]
