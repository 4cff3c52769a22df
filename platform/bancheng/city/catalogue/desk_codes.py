"""Code lists of the intake and the triage, and what a place may change of them (domain.md §2.1)."""

from collections.abc import Mapping

from bancheng.city.catalogue.codes import BLOCKING_GROUPS, BLOCKING_REASONS, NOT_ACCEPTED_REASONS
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

BLOCKED_STAGES = {
    "consult": "咨询",
    "accept": "受理",
    "review": "审核",
    "approve": "审批",
    "certificate": "制证",
    "deliver": "送达",
    "system": "系统",
}
"""Where a matter got stuck (C-51)."""

DISCOVERY_SOURCES = {
    "applicant": "群众到窗口反映",
    "leader": "领导批示",
    "congress": "人大政协",
    "superior": "上级交办",
    "democratic_review": "机关民主评议",
    "department": "部门转交",
    "desk_station": "难办事项受理站",
    "first_ask_phone": "首问负责制服务电话",
    "province_hotline": "省级民声平台",
    "hotline_12345": "12345热线",
    "online_letter": "网上民生信箱",
    "interview": "调研访谈",
    "early_warning": "主动预警（未诉先办）",
    "inspection": "工作检查",
    "other": "其它",
}
"""How a matter was discovered: the thirteen channels of 宁波 2023 (C-73), and the desk itself."""

SPECIAL_SITUATIONS = {
    "elderly": "老年人",
    "ill": "病患",
    "disabled": "残障人士",
    "pregnant": "孕妇或带婴幼儿",
    "military": "军人",
    "speech_hearing": "言语或听力障碍",
    "foreign_language": "不通汉语",
}
"""What the desk has to mind about the person (domain.md §2.6)."""

AUTHORITY_KINDS = {
    "power_of_attorney": "授权委托书",
    "guardian": "监护关系证明",
    "employer": "单位授权",
    "in_person": "本人在场口头委托",
}
"""On what a representative speaks for somebody (C-02)."""

RIGHT_CHANNELS = {
    "litigation": "请通过诉讼、仲裁或行政复议解决，可到法律服务窗口咨询。",
    "petition": "请向信访部门提出，可当面、来信或网上信访。",
    "discipline": "请向纪检监察机关反映，12388 电话或网站受理。",
    "disclosure": "请向信息所在机关提交政府信息公开申请。",
    "handled_before": "同一事项已经办结，有新的事实或材料时可以再来。",
    "market": "属于民事或市场纠纷，可申请人民调解或拨打 12315。",
    "other_area": "请到有管辖权的地区政务服务大厅办理，我们可以告知地址电话。",
}
"""The proper way for what is not this desk's (北京条例11, 潍坊条例19)."""

MOST_LEAVES = 40
_SOURCE = "domain.md §2.4"

declare(
    [
        Parameter("triage.blocking_hidden", "codes", [], _SOURCE, options=tuple(BLOCKING_REASONS)),
        Parameter("triage.blocking_added", "table", {}, _SOURCE),
        Parameter("intake.acceptance_rules", "table", {}, "domain.md §2.1"),
    ]
)


def blocking_reasons() -> dict[str, str]:
    """The leaves this hall offers: the product's without the hidden ones, and its own additions.

    An addition is a letter of a group and a number that is free, at most forty leaves in all.
    """
    hidden = parameters.codes("triage.blocking_hidden")
    shown = {code: label for code, label in BLOCKING_REASONS.items() if code not in hidden}
    added = {code: label for code, label in _table("triage.blocking_added") if _is_leaf(code)}
    room = max(0, MOST_LEAVES - len(shown))
    return dict(sorted((shown | dict(list(added.items())[:room])).items()))


def _is_leaf(code: str) -> bool:
    return code[:1] in BLOCKING_GROUPS and code[1:].isdigit() and code not in BLOCKING_REASONS


def acceptance_rules() -> Mapping[str, tuple[str, str]]:
    """Code → reason and right channel; a hall may reword a channel or add a reason (C-55)."""
    found = {code: (NOT_ACCEPTED_REASONS[code], way) for code, way in RIGHT_CHANNELS.items()}
    for code, given in _rows("intake.acceptance_rules"):
        known = found.get(code, ("", ""))
        reason, way = str(given.get("reason") or known[0]), str(given.get("channel") or known[1])
        if reason and way:
            found[code] = (reason, way)
    return found


def _table(key: str) -> list[tuple[str, str]]:
    found = parameters.value(key)
    return [(code, str(label)) for code, label in found.items()] if isinstance(found, dict) else []


def _rows(key: str) -> list[tuple[str, Mapping[str, object]]]:
    found = parameters.value(key)
    rows = found.items() if isinstance(found, dict) else ()
    return [(code, row) for code, row in rows if isinstance(row, dict)]
