from django.urls import path

from apps.windows.api import (
    appointments,
    guidance,
    kiosk,
    rooms,
    setup,
    signals,
    skills,
    visits,
    windows,
)
from apps.windows.api.board import BoardView
from apps.windows.api.display import DisplayStateView
from apps.windows.api.tickets import QueuesView, TicketsView, TicketView

_WINDOW = "windows/<uuid:window_id>"
_APPOINTMENT = "appointments/<uuid:appointment_id>"
_TICKET = "tickets/<uuid:ticket_id>"

urlpatterns = [
    path("queues", QueuesView.as_view()),
    path("tickets", TicketsView.as_view()),
    path("tickets/<uuid:ticket_id>", TicketView.as_view()),
    path("windows", windows.WindowsView.as_view()),
    path(_WINDOW, windows.WindowView.as_view()),
    path(f"{_WINDOW}/open", windows.OpenView.as_view()),
    path(f"{_WINDOW}/pause", windows.PauseView.as_view()),
    path(f"{_WINDOW}/close", windows.CloseView.as_view()),
    path(f"{_WINDOW}/call-next", windows.CallNextView.as_view()),
    path(f"{_WINDOW}/recall", windows.RecallView.as_view()),
    path(f"{_WINDOW}/start", windows.StartView.as_view()),
    path(f"{_WINDOW}/finish", windows.FinishView.as_view()),
    path(f"{_WINDOW}/miss", windows.MissView.as_view()),
    path(f"{_WINDOW}/call", visits.CallView.as_view()),
    path(f"{_WINDOW}/undo", visits.UndoView.as_view()),
    path(f"{_WINDOW}/park", visits.ParkView.as_view()),
    path(f"{_WINDOW}/resume", visits.ResumeView.as_view()),
    path(f"{_WINDOW}/next-matter", visits.NextMatterView.as_view()),
    path(f"{_WINDOW}/walk-in", visits.WalkInView.as_view()),
    path(f"{_WINDOW}/end-service", visits.EndServiceView.as_view()),
    path(f"{_TICKET}/return", visits.ReturnView.as_view()),
    path(f"{_TICKET}/transfer", visits.TransferView.as_view()),
    path(f"{_TICKET}/leave", visits.LeaveView.as_view()),
    path(f"{_TICKET}/tension", visits.TensionView.as_view()),
    path("queues/setup", setup.QueueSetupView.as_view()),
    path("queues/<uuid:queue_id>", setup.ChangeQueueView.as_view()),
    path("queues/<uuid:queue_id>/hours", setup.HoursView.as_view()),
    path("kiosk/menu", kiosk.KioskMenuView.as_view()),
    path("kiosk/tickets", kiosk.KioskTicketsView.as_view()),
    path("kiosk/check-in", kiosk.KioskCheckInView.as_view()),
    path("kiosk/returns", kiosk.KioskReturnsView.as_view()),
    path("appointments", appointments.AppointmentsView.as_view()),
    path("appointments/slots", appointments.AppointmentSlotsView.as_view()),
    path(f"{_APPOINTMENT}/check-in", appointments.CheckInView.as_view()),
    path(f"{_APPOINTMENT}/cancel", appointments.CancelView.as_view()),
    path(f"{_APPOINTMENT}/no-show", appointments.NoShowView.as_view()),
    path("guidance", guidance.GuidancesView.as_view()),
    path("guidance/<uuid:guidance_id>", guidance.GuidanceView.as_view()),
    path("skills", skills.SkillsView.as_view()),
    path("skills/<uuid:skill_id>/end", skills.EndSkillView.as_view()),
    path("rooms", rooms.RoomsView.as_view()),
    path("rooms/<uuid:booking_id>/cancel", rooms.CancelRoomView.as_view()),
    path("alarms", signals.AlarmsView.as_view()),
    path("alarms/<uuid:signal_id>/accept", signals.AcceptAlarmView.as_view()),
    path("alarms/<uuid:signal_id>/end", signals.EndAlarmView.as_view()),
    path("suggestions/<uuid:signal_id>/decide", signals.SuggestionView.as_view()),
    path("warnings/<uuid:signal_id>/decide", signals.WarningView.as_view()),
    path("board/live", signals.BoardLiveView.as_view()),
    path("board/load", signals.BoardLoadView.as_view()),
    path("board", BoardView.as_view()),
    path("display/state", DisplayStateView.as_view()),
]
