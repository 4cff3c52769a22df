"""Code lists with their Chinese labels; pages have their own words in other languages."""

CAUSES = {
    "cannot": "办不了",
    "hard": "很难办",
    "unwilling": "不给办",
}
"""Why it is stuck (design.md §4): what the law bars, what is hard, what nobody wanted to do."""

BLOCKING_GROUPS = {
    "A": "政策法规",
    "B": "材料证照",
    "C": "系统数据",
    "D": "部门协同",
    "E": "历史遗留",
    "F": "人员作风",
    "G": "申请人特殊",
    "H": "指南流程",
}
"""First letters of the blocking reasons."""

BLOCKING_REASONS = {
    "A1": "不符合法定条件",
    "A2": "政策空白或边界模糊",
    "A3": "政策冲突或互为前置",
    "A4": "执行僵化、层层加码",
    "A5": "跨区域政策差异",
    "B1": "材料缺失",
    "B2": "证照信息不一致",
    "B3": "无法证明身份或关系",
    "B4": "循环证明",
    "B5": "签字或委托无法核实",
    "B6": "档案缺失或著录错误",
    "C1": "系统故障或网络中断",
    "C2": "数据未共享或不同步",
    "C3": "身份认证失败",
    "C4": "网上预约不到号",
    "C5": "系统规则误拦",
    "D1": "职责交叉",
    "D2": "责任不清互相推",
    "D3": "层级权限不在本级",
    "D4": "部门未按时反馈",
    "E1": "开发商或单位灭失",
    "E2": "早年登记错误",
    "E3": "冻结、重复或冒用",
    "E4": "历史缴费或工龄",
    "F1": "不作为、慢作为",
    "F2": "未一次性告知",
    "F3": "服务态度",
    "F4": "吃拿卡要或中介勾连",
    "F5": "业务不熟",
    "G1": "行动不便或高龄",
    "G2": "语言或听障言障",
    "G3": "异地或境外",
    "G4": "时限紧急",
    "H1": "指南未明示（隐形壁垒）",
    "H2": "指南错误",
    "H3": "流程环节多",
}
"""domain.md §2.4; the first letter is the group."""

OUTCOMES = {
    "done": "办成",
    "done_alt": "变通办成",
    "partly": "部分办成",
    "explained": "依法不能办，已释因",
    "transferred_closed": "转有权机关并确认接收",
    "withdrawn": "申请人撤回",
    "unreachable": "多次联系未果",
    "unresolved": "应办未办成",
    "merged": "并案",
}
"""How a case can end (domain.md §2.7)."""

RETURN_REASONS = {
    "not_our_duty": "不属于本单位职责",
    "needs_other_unit": "需要其他单位主办",
    "incomplete": "登记信息不全，无法办理",
    "duplicate": "与在办件重复",
}
"""Why a unit gives a case back."""

REFERRAL_RETURN_REASONS = {
    "not_our_authority": "不属于本级权限",
    "incomplete": "转介内容不全",
    "wrong_hall": "应由其他大厅接收",
    "duplicate": "与在办件重复",
}
"""Why a hall gives a referral back."""

RECEPTION_OUTCOMES = {
    "registered": "登记立件",
    "consult_only": "咨询",
    "guided_back": "引导至普通窗口",
    "not_accepted": "不予受理",
    "on_spot": "当场解决",
    "merged": "并入在办件",
}
"""What became of somebody who came."""

NOT_ACCEPTED_REASONS = {
    "litigation": "已进入或应通过诉讼、仲裁、复议解决",
    "petition": "属于信访渠道",
    "discipline": "属于纪检监察渠道",
    "disclosure": "应申请政府信息公开",
    "handled_before": "同一事项已办结且无新情况",
    "market": "属于市场或民事纠纷",
    "other_area": "属于其他地区管辖",
}
"""What is not for this desk (domain.md §2.1)."""

EXEMPTIONS = {
    "vulnerable": "老弱病残孕等特殊群体",
    "returned_before": "此前多次被退回",
    "not_in_guide": "办事指南无此事项",
    "system_down": "普通窗口系统故障",
}
"""Who may come without having tried an ordinary window."""
