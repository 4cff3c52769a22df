from django.urls import path

from apps.cases.api.accountability import ACCOUNTABILITY_STEPS, ChecklistView
from apps.cases.api.cases import (
    CasesView,
    CaseView,
    ExplanationView,
    ReceptionsView,
    RevealView,
)
from apps.cases.api.desk import (
    CandidatesView,
    CheckView,
    FiguresView,
    MatrixView,
    RoutingView,
)
from apps.cases.api.intake import INTAKE_STEPS
from apps.cases.api.referrals import (
    AcceptView,
    ReferralReturnView,
    ReferralsView,
    ReferralView,
)
from apps.cases.api.steps import STEPS
from apps.cases.api.threads import GuidanceEffectView, GuidanceLinkView, TakeUpView, ThreadView
from apps.cases.api.timekeeping import STEPS as TIME_STEPS

urlpatterns = [
    path("tickets/<uuid:ticket_id>/thread", ThreadView.as_view()),
    path("guidance/effect", GuidanceEffectView.as_view()),
    path("guidance/<uuid:guidance_id>/link", GuidanceLinkView.as_view()),
    path("warnings/<uuid:signal_id>/take-up", TakeUpView.as_view()),
    path("receptions", ReceptionsView.as_view()),
    path("intake/check", CheckView.as_view()),
    path("intake/figures", FiguresView.as_view()),
    path("authority", MatrixView.as_view()),
    path("cases", CasesView.as_view()),
    path("cases/<uuid:case_id>/routing", RoutingView.as_view()),
    path("cases/<uuid:case_id>/candidates", CandidatesView.as_view()),
    path("cases/<uuid:case_id>", CaseView.as_view()),
    path("cases/<uuid:case_id>/reveal", RevealView.as_view()),
    path("cases/<uuid:case_id>/closing-checklist", ChecklistView.as_view()),
    *(
        path(f"cases/<uuid:case_id>/{verb}", view.as_view())
        for verb, view in (STEPS | INTAKE_STEPS | ACCOUNTABILITY_STEPS | TIME_STEPS).items()
    ),
    path("deadlines/<uuid:deadline_id>/explanation", ExplanationView.as_view()),
    path("referrals", ReferralsView.as_view()),
    path("referrals/<uuid:letter_id>", ReferralView.as_view()),
    path("referrals/<uuid:letter_id>/accept", AcceptView.as_view()),
    path("referrals/<uuid:letter_id>/return", ReferralReturnView.as_view()),
]
