"""How the OpenAPI description is made, and the names its code lists have there."""

from typing import Any

from apps.cases import rules as cases
from apps.windows import rules as windows
from bancheng.kernel.actor import Role

CODE_LISTS: dict[str, list[str]] = {
    "CaseState": list(cases.State),
    "Cause": list(cases.Cause),
    "Outcome": list(cases.Outcome),
    "ReplyOutcome": sorted(cases.REPLY_OUTCOMES),
    "ReceptionOutcome": list(cases.ReceptionOutcome),
    "Answer": list(cases.Answer),
    "Difficulty": list(cases.Difficulty),
    "Urgency": list(cases.Urgency),
    "CaseStep": cases.STEPS_OF_PEOPLE,
    "Stage": list(cases.Stage),
    "BlockingReason": sorted(cases.BLOCKING_REASONS),
    "Card": ["hold", "green", "yellow", "orange", "red", "black"],
    "ApprovalDecision": ["approve", "reject"],
    "ReviewDecision": ["pass", "reject"],
    "ContactMethod": ["phone", "visit", "message"],
    "ContactResult": ["reached", "no_answer"],
    "CallbackResult": ["solved", "unsolved", "unreachable"],
    "AssistResult": ["agreed", "partly", "cannot", "not_ours"],
    "RefusalAct": ["not_permitted", "not_accepted", "no_action", "other"],
    "HandOverDecision": ["accept", "decline"],
    "ReportDecision": ["agree", "disagree", "instruct"],
    "AppealDecision": ["uphold", "change"],
    "ReferralSide": ["in", "out"],
    "ReferralDirection": ["up"],
    "Solved": ["yes", "partly", "no"],
    "DeliveryMethod": list(cases.DELIVERY_METHODS),
    "DispatchCategory": ["cannot", "hard_single", "hard_cross", "unwilling"],
    "ApplicantKind": ["person", "enterprise", "sole_trader", "other"],
    "Relation": ["self", "family", "agent"],
    "RevealField": ["name", "phone", "id_number"],
    "RevealReason": ["contact_applicant", "verify_identity", "make_document", "legal_request"],
    "ReturnReason": ["not_our_duty", "needs_other_unit", "incomplete", "duplicate"],
    "ReferralReturnReason": ["not_our_authority", "incomplete", "wrong_hall", "duplicate"],
    "LetterState": ["sent", "accepted", "returned", "answered", "closed"],
    "TicketState": list(windows.TicketState),
    "WindowState": list(windows.WindowState),
    "WindowKind": list(windows.WindowKind),
    "PriorityReason": list(windows.PriorityReason),
    "WindowLoad": ["overloaded", "normal", "light", "unknown"],
    "Band": ["better", "same", "worse", "small"],
    "Metric": ["on_time", "substantive", "window_load", "wait"],
    "Role": list(Role),
    "Level": ["city", "district", "street"],
    "PolicySource": ["default", "network", "hall"],
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Bancheng 办成",
    "DESCRIPTION": "One hall of a network; every address is on the hall's own host.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,  # every shape is an In or an Out already
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": CODE_LISTS,
}
