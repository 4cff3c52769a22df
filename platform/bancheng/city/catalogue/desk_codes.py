"""Code lists of the intake and the triage, and what a place may change of them (domain.md §2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bancheng.city.catalogue import blocking_words
from bancheng.city.catalogue.codes import BLOCKING_GROUPS, BLOCKING_REASONS, NOT_ACCEPTED_REASONS
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, Value, declare

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
LONGEST_WORDS = 200
LANGUAGES = ("zh-CN", "zh-TW", "en")
"""Whatever a hall words itself it words in the first; the others fall back to it."""
Words = Mapping[str, str]
_SOURCE = "domain.md §2.4"


@dataclass(frozen=True, slots=True)
class AcceptanceRule:
    """Why something is not accepted and the proper way. `words` where the hall worded the reason
    itself, empty for a shipped one, which pages word. The way is written into the citizen's paper
    and has one language."""

    reason: str
    channel: str
    words: Words


def in_languages(given: object) -> Words:
    """A text, or texts by language, as somebody stored it; empty for what is neither."""
    texts = {LANGUAGES[0]: given} if isinstance(given, str) else given
    if not isinstance(texts, Mapping):
        return {}
    said = {name: texts.get(name) for name in LANGUAGES}
    found = {name: text.strip() for name, text in said.items() if isinstance(text, str)}
    return {name: text for name, text in found.items() if text} if found.get(LANGUAGES[0]) else {}


def _is_worded(given: object) -> bool:
    """Short enough, in known languages, Chinese of the mainland among them."""
    texts = list(given.values()) if isinstance(given, Mapping) else [given]
    short = all(isinstance(text, str) and len(text) <= LONGEST_WORDS for text in texts)
    named = not isinstance(given, Mapping) or set(given) <= set(LANGUAGES)
    return short and named and bool(in_languages(given))


def _are_reasons(value: Value) -> bool:
    return isinstance(value, dict) and all(_is_worded(given) for given in value.values())


def _are_rules(value: Value) -> bool:
    if not isinstance(value, dict) or any(not isinstance(row, Mapping) for row in value.values()):
        return False
    rows = [row for row in value.values() if isinstance(row, Mapping)]
    reasons = [row["reason"] for row in rows if row.get("reason")]
    ways = [row["channel"] for row in rows if row.get("channel")]
    return all(map(_is_worded, reasons)) and all(isinstance(way, str) for way in ways)


declare(
    [
        Parameter("triage.blocking_hidden", "codes", [], _SOURCE, options=tuple(BLOCKING_REASONS)),
        Parameter("triage.blocking_added", "table", {}, _SOURCE, fits=_are_reasons),
        Parameter("intake.acceptance_rules", "table", {}, "domain.md §2.1", fits=_are_rules),
    ]
)


def blocking_reasons() -> dict[str, str]:
    """The leaves this hall offers: the product's without the hidden ones, and its own additions.

    An addition is a letter of a group and a number that is free, at most forty leaves in all.
    """
    return {code: words[LANGUAGES[0]] for code, words in blocking_leaves().items()}


def blocking_leaves() -> dict[str, Words]:
    """The same with their words by language, each at least in the first."""
    hidden = parameters.codes("triage.blocking_hidden")
    shown = {code: words for code, words in _shipped_leaves().items() if code not in hidden}
    added = {code: words for code, words in _added() if words and _is_leaf(code)}
    room = max(0, MOST_LEAVES - len(shown))
    return dict(sorted((shown | dict(list(added.items())[:room])).items()))


def hidden_leaves() -> dict[str, Words]:
    """What the product ships and this hall does not offer: cases of before keep it, and say it."""
    hidden = parameters.codes("triage.blocking_hidden")
    return {code: words for code, words in _shipped_leaves().items() if code in hidden}


def _shipped_leaves() -> dict[str, Words]:
    return {
        code: shipped(label, blocking_words.REASONS[code])
        for code, label in BLOCKING_REASONS.items()
    }


def blocking_groups() -> dict[str, Words]:
    """The groups of the leaves with their words by language."""
    return {
        code: shipped(label, blocking_words.GROUPS[code]) for code, label in BLOCKING_GROUPS.items()
    }


def shipped(label: str, others: tuple[str, str]) -> Words:
    """A label of the product with its words in the other languages."""
    return dict(zip(LANGUAGES, (label, *others), strict=True))


def _is_leaf(code: str) -> bool:
    return code[:1] in BLOCKING_GROUPS and code[1:].isdigit() and code not in BLOCKING_REASONS


def acceptance_rules() -> Mapping[str, AcceptanceRule]:
    """By code; a hall may reword a reason or a channel, or add a reason (C-55)."""
    found = {
        code: AcceptanceRule(NOT_ACCEPTED_REASONS[code], way, {})
        for code, way in RIGHT_CHANNELS.items()
    }
    for code, given in _rows("intake.acceptance_rules"):
        known = found.get(code, AcceptanceRule("", "", {}))
        words = in_languages(given.get("reason"))
        reason = words.get(LANGUAGES[0]) or known.reason
        way = str(given.get("channel") or known.channel)
        if reason and way:
            found[code] = AcceptanceRule(reason, way, words)
    return found


def _added() -> list[tuple[str, Words]]:
    found = parameters.value("triage.blocking_added")
    rows = found.items() if isinstance(found, dict) else ()
    return [(code, in_languages(given)) for code, given in rows]


def _rows(key: str) -> list[tuple[str, Mapping[str, object]]]:
    found = parameters.value(key)
    rows = found.items() if isinstance(found, dict) else ()
    return [(code, row) for code, row in rows if isinstance(row, dict)]
