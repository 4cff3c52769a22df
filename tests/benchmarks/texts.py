"""What the copied cases say, so that no two of a hundred are alike, and what they are found by."""

from collections.abc import Iterator

import psycopg

from apps.cases.listing import words

_WHO = (
    "老年人",
    "个体工商户",
    "外地学生",
    "残疾人",
    "退役军人",
    "新生儿父母",
    "小微企业",
    "租房青年",
)
_WHAT = (
    *(
        "身份证",
        "结婚证",
        "不动产登记",
        "营业执照",
        "社保转移",
        "医保报销",
        "公积金提取",
        "户口迁移",
    ),
    *(
        "居住证",
        "施工许可",
        "食品经营许可",
        "退休审批",
        "低保申请",
        "残疾证",
        "出生证明",
        "车辆过户",
    ),
)
_TROUBLE = (
    *("材料被反复退回", "窗口互相推诿", "系统无法提交", "姓名不一致", "缺少原始档案"),
    *("两地规定不同", "逾期无人答复", "要求重复盖章", "照片比对不通过"),
)
_PLACE = (
    "青禾街道",
    "滨河社区",
    "东风路",
    "望江镇",
    "石桥村",
    "工业园区",
    "老城区",
    "高铁新城",
    "大学城",
)
_SENTENCE = (
    *(
        "已经跑了三趟，每次说法都不一样。",
        "工作人员态度尚可，但是说不清依据。",
        "电话打了多次无人接听。",
    ),
    *(
        "原单位已经撤销，找不到盖章的地方。",
        "网上平台提示数据异常，要求到现场核验。",
        "家里老人行动不便。",
    ),
    *(
        "申请人愿意补充材料，希望一次告知。",
        "牵涉民政与公安两个部门。",
        "档案里的出生日期写错了一位。",
    ),
    *("孩子九月入学，时间很紧。", "企业等着开业，租金每天都在付。", "前任经办人已经调走。"),
)
RARE_WORD = "𠮷家"
COMMON_WORD, MEDIUM_WORD = "材料", "望江"


def _quoted(text: str) -> str:
    return f"'{text}'"


def _pick(options: tuple[str, ...], salt: str) -> str:
    """One of the options by the copy's number, in SQL."""
    quoted = ", ".join(map(_quoted, options))
    return f"(ARRAY[{quoted}])[1 + mod(abs(hashint4(n + {sum(salt.encode())})), {len(options)})]"


def _one_in(share: int, salt: str, yes: str, no: str) -> str:
    chosen = f"mod(abs(hashint4(n + {sum(salt.encode())})), {share}) = 0"
    return f"CASE WHEN {chosen} THEN {yes} ELSE {no} END"


def _detail() -> str:
    said = [_pick(_SENTENCE, f"s{number}") for number in range(6)]
    return " || ".join([_pick(_PLACE, "place"), *said])


_COLUMNS = {
    "title": f"{_pick(_WHO, 'who')} || {_pick(_WHAT, 'what')} || {_pick(_TROUBLE, 'trouble')}",
    "detail": f"{_detail()} || {_one_in(2000, 'rare', _quoted(RARE_WORD), _quoted(''))}",
    "want": f"'希望尽快办成' || {_pick(_WHAT, 'what')}",
    "cause": _pick(("cannot", "hard", "hard", "hard"), "cause"),
    "blocking_reason": _pick(tuple(f"B{number}" for number in range(1, 9)), "reason"),
    "urgency": _one_in(25, "urgent", _quoted("urgent"), _quoted("normal")),
    "confidential": _one_in(50, "confidential", "true", "false"),
    "reopen_count": _one_in(40, "reopened", "1", "0"),
    "channel": _pick(("window", "window", "window", "phone", "web"), "channel"),
    "lead_unit": "(lpad(to_hex(1 + mod(abs(hashint4(n)), 12)), 32, '0'))::uuid",
}
VARIED = ", ".join(f"'{column}', {made}" for column, made in _COLUMNS.items())
"""Pairs for `jsonb_build_object`."""
UNIT = "00000000-0000-0000-0000-000000000003"


def write(root: psycopg.Connection, schema: str) -> None:
    """The rows of `cases_casetext`, as the product would write them, and their index."""
    root.execute(f"DROP INDEX {schema}.case_text_pieces")
    root.execute(f"TRUNCATE {schema}.cases_casetext")
    copy = f"COPY {schema}.cases_casetext (case_id, plain, holder, people, pieces) FROM STDIN"
    found = root.execute(
        f"SELECT id, title, detail, want, number, service_item_name FROM {schema}.cases_case"
    ).fetchall()
    with root.cursor() as cursor, cursor.copy(copy) as out:
        for row in _rows(found):
            out.write_row(row)
    root.execute(
        f"CREATE INDEX case_text_pieces ON {schema}.cases_casetext USING gin (pieces)"
        " WITH (gin_pending_list_limit = 256)"
    )


def _rows(found: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for case_id, *said in found:
        plain = words.folded("\n".join(map(str, said)))
        yield case_id, plain, "", [], words.pieces([plain])
