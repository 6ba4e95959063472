"""A document as JSON values: its cleaned text, where cleaning changed it, the numbers that are no figures.

Goes in: an extraction. Comes out: plain lists. Repairs that touch are one: what stood there, what we read, by which
fixes; changes of blanks alone are left out, for nobody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reportgen.evidence.places import Places
from reportgen.model import Document, Extraction, Repair

LONGEST_BEFORE = 400
FIXES = {
    "drop_markup": "去除网页标记",
    "drop_invisible": "去除不可见字符",
    "shift_back": "错位编码还原",
    "drop_pinyin": "去除注音",
    "to_simplified": "繁体转简体",
    "fold_width": "全角转半角",
    "close_up": "去除字间空格",
    "join_wrapped": "接续断行",
    "drop_furniture": "去除网页附属文字",
    "drop_second_copy": "去除重复正文",
}
DAMAGE = frozenset({"shift_back"})
RULES = {
    "long_code": "长编号",
    "model_name": "型号、代号",
    "date": "日期",
    "quoted": "引号内的名称",
    "no_unit": "没有单位",
    "capacity_name": "规格、容量",
    "duration": "期限、时长",
    "streak": "连续第几",
    "age": "年龄界限",
    "threshold": "划定范围的界限",
    "abstract": "措施、方面等虚指",
    "ordinal": "序数",
    "named_measure": "名称中的数",
    "grade": "等级",
    "leading_group": "名次梯队",
    "circle": "生活圈",
    "introduced": "引入语",
    "list_number": "条目编号",
    "model_size": "规格、型号大小",
    "per_so_many": "计量基准",
    "phase": "项目期次",
    "slogan": "名称、口号中的数",
    "table_row": "缺表头的表格数",
    "unnamed": "没有指明是什么",
    "whose_share": "占比所指的范围",
    "corrected": "人工判定：不是数据",
}


def document_values(extraction: Extraction) -> dict[str, Any]:
    """One document for the page."""
    source, document = extraction.source, extraction.document
    values: dict[str, Any] = {
        "name": source.doc,
        "title": source.title,
        "area": source.area,
        "date": f"{source.published:%Y-%m}" if source.month_only else source.published.isoformat(),
        "publisher": source.publisher,
        "url": source.url,
        "sha": source.sha256,
        "text": "",
        "repairs": [],
        "rejected": [],
    }
    if document is not None:
        places = Places(document)
        values["text"] = document.text
        values["repairs"] = list(_repairs(document, places))
        values["rejected"] = [
            [*places.number(item.start, max(len(item.num), 1)), item.num, RULES.get(item.rule, item.rule)]
            for item in sorted(extraction.rejected, key=lambda item: (item.start, item.end))
        ]
    return values


def _repairs(document: Document, places: Places) -> Iterator[list[Any]]:
    """[text start, text end, what stood there, fixes, whether it mends damage, whether something was lost]."""
    text = document.text.encode("utf-16-le", "surrogatepass")
    for group in _touching(document.repairs):
        raw_start, raw_end = group[0].start, max(repair.end for repair in group)
        start, end = places.stretch(raw_start, raw_end)
        before = document.raw[raw_start:raw_end]
        after = text[2 * start : 2 * end].decode("utf-16-le", "replace")
        if not before.strip("\ufeff\u200b\u3000 \t\r\n\xa0") and not after.strip():
            continue
        fixes = dict.fromkeys(repair.fix for repair in group)
        yield [
            start,
            end,
            before if len(before) <= LONGEST_BEFORE else f"{before[:LONGEST_BEFORE]}……",
            "、".join(FIXES.get(fix, fix) for fix in fixes),
            int(not DAMAGE.isdisjoint(fixes)),
            int(any(repair.lossy for repair in group)),
        ]


def _touching(repairs: Iterable[Repair]) -> Iterator[list[Repair]]:
    """Repairs whose places in the file overlap or touch, together, in the order of the file."""
    group: list[Repair] = []
    end = -1
    for repair in sorted(repairs, key=lambda repair: (repair.start, repair.end)):
        if group and repair.start > end:
            yield group
            group = []
        end = max(end, repair.end) if group else repair.end
        group.append(repair)
    if group:
        yield group
