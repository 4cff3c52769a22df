from django.urls import path

from apps.windows.api import windows
from apps.windows.api.board import BoardView
from apps.windows.api.display import DisplayStateView
from apps.windows.api.tickets import QueuesView, TicketsView, TicketView

_WINDOW = "windows/<uuid:window_id>"

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
    path("board", BoardView.as_view()),
    path("display/state", DisplayStateView.as_view()),
]
