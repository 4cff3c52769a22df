from django.urls import path

from apps.oversight.api import cards, duty, orders, quality

urlpatterns = [
    path("cards", cards.CardsView.as_view()),
    path("cards/<uuid:card_id>", cards.CardView.as_view()),
    path("cards/<uuid:card_id>/appeal", cards.AppealView.as_view()),
    path("cards/<uuid:card_id>/decision", cards.CardDecisionView.as_view()),
    path("stalls", cards.StallsView.as_view()),
    path("cases/<uuid:case_id>/oversight", cards.CaseOversightView.as_view()),
    path("cases/<uuid:case_id>/urge", orders.UrgeView.as_view()),
    path("cases/<uuid:case_id>/supervision", orders.SupervisionView.as_view()),
    path("orders", orders.OrdersView.as_view()),
    path("orders/<uuid:order_id>", orders.OrderView.as_view()),
    path("orders/<uuid:order_id>/answer", orders.AnswerView.as_view()),
    path("orders/<uuid:order_id>/decision", orders.OrderDecisionView.as_view()),
    path("duty", duty.DutyView.as_view()),
    path("duty/<uuid:shift_id>", duty.ShiftView.as_view()),
    path("duty/<uuid:shift_id>/cover", duty.CoverView.as_view()),
    path("duty/<uuid:shift_id>/swap", duty.SwapView.as_view()),
    path("duty/<uuid:shift_id>/note", duty.DutyNoteView.as_view()),
    path("desk/since-opening", duty.SinceOpeningView.as_view()),
    path("quality", quality.ChecksView.as_view()),
    path("quality/look", quality.LookView.as_view()),
    path("quality/samples", quality.SampleView.as_view()),
    path("quality/<uuid:check_id>", quality.CheckView.as_view()),
    path("quality/<uuid:check_id>/review", quality.ReviewView.as_view()),
    path("quality/<uuid:check_id>/score", quality.ScoreView.as_view()),
]
