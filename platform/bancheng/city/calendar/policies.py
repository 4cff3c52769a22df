"""How long each stage may take unless a network or hall decides otherwise (domain.md §2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.rules import Rule

Source = Literal["default", "network", "hall", "chosen"]


@dataclass(frozen=True, slots=True)
class Policy:
    """One limit in force: its rule, who set it and on what ground; `chosen` for one matter only.

    `hall` is the name of the hall that set it, when one did. With `recompute` it was decided to
    hold for clocks that already run.
    """

    stage: str
    category: str
    rule: str
    source: Source
    basis: str
    hall: str = ""
    recompute: bool = False

    @property
    def parsed(self) -> Rule:
        return parse_rule(self.rule)


@dataclass(frozen=True, slots=True)
class Decided:
    """A limit set from a day on, by a network or by a hall that stands `distance` above."""

    policy: Policy
    effective_from: date
    distance: int = 0

    @property
    def nearness(self) -> int:
        """The higher, the later it has its word: network, city, district, street."""
        return _FARTHEST if self.policy.source == "network" else -self.distance


def _shipped(stage: str, rule: str, basis: str, category: str = "") -> Policy:
    return Policy(stage, category, rule, "default", basis)


DEFAULTS = (
    _shipped("dispatch", "WH+2", "默认时限：登记后立即派发"),
    _shipped("sign", "WH+4", "默认时限：派发后半个工作日内签收"),
    _shipped("contact", "WD+0", "默认时限：当日联系反映人"),
    _shipped("resolve", "WD+2", "默认时限：依法不能办的，两个工作日内说明理由", "cannot"),
    _shipped("resolve", "WD+5", "默认时限：一个部门能办的，五个工作日", "hard_single"),
    _shipped("resolve", "WD+10", "默认时限：需要几个部门一起办的，十个工作日", "hard_cross"),
    _shipped("resolve", "WD+3", "默认时限：应办未办的，三个工作日", "unwilling"),
    _shipped("referral_accept", "WD+1", "默认时限：转介后一个工作日内接收"),
    _shipped("callback", "WD+3", "默认时限：反馈后三个工作日内回访"),
    _shipped("assist_sign", "WH+4", "默认时限：派发后半个工作日内签收"),
    _shipped("assist_reply", "WD+1", "默认时限：协办单位先于主办答复", "cannot"),
    _shipped("assist_reply", "WD+3", "默认时限：协办单位先于主办答复", "hard_single"),
    _shipped("assist_reply", "WD+5", "默认时限：协办单位先于主办答复", "hard_cross"),
    _shipped("assist_reply", "WD+1", "默认时限：协办单位先于主办答复", "unwilling"),
    _shipped("return_decision", "WD+1", "默认时限：一个工作日内指定承办单位"),
    _shipped("appeal", "WD+5", "默认时限：内部复查五个工作日内答复"),
    _shipped("step", "WD+2", "默认时限：帮办员接单后两个工作日内办下一步"),
    _shipped("visit", "WD+2", "默认时限：两个工作日内上门"),
    _shipped("video", "WD+2", "默认时限：两个工作日内视频核验"),
    _shipped("evidence", "WD+3", "默认时限：三个工作日内提供材料"),
    _shipped("opinion", "WD+3", "默认时限：三个工作日内书面答复意见"),
    _shipped("task_force", "WD+10", "默认时限：专班十个工作日内拿出办法"),
    _shipped("study", "WD+5", "默认时限：模糊空白事项五个工作日内研究确定"),
    _shipped("gov_decision", "WD+10", "默认时限：报本级政府后十个工作日跟踪结果"),
    _shipped("deferred", "WD+10", "默认时限：容缺材料十个工作日内补齐"),
    _shipped("meeting", "WD+5", "默认时限：提出后五个工作日内召开联席会议"),
    _shipped("conduct_verify", "WD+3", "默认时限：不给办问题三个工作日内核实"),
    _shipped("resolution", "WD+5", "默认时限：议定事项五个工作日内落实"),
    _shipped("supervise", "WD+2", "默认时限：督办件两个工作日内答复"),
    _shipped("rectify", "WD+5", "默认时限：整改令五个工作日内整改并提交证明"),
)
_FARTHEST = -1_000


def in_force(decided: Iterable[Decided], stage: str, category: str, on: date) -> Policy:
    """The limit for a stage on a day: the nearest hall's before the network's before the shipped
    one, of one place the newest.

    Raises KeyError for a stage and category nobody set a limit for.
    """
    candidates = [
        (made.nearness, made.effective_from, made.policy)
        for made in decided
        if made.effective_from <= on and _key(made.policy) == (stage, category)
    ]
    if candidates:
        return max(candidates, key=lambda item: item[:2])[2]
    for policy in DEFAULTS:
        if _key(policy) == (stage, category):
            return policy
    raise KeyError(f"{stage}/{category}")


def _key(policy: Policy) -> tuple[str, str]:
    return policy.stage, policy.category
