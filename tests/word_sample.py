"""A small city briefing with every kind of block, for the Word tests; figures as printed in seeds/000."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from PIL import Image

from reportgen.house import House, Style, load_house
from reportgen.model import (
    Bar,
    Block,
    Briefing,
    Card,
    Cards,
    Cell,
    Chart,
    Column,
    Drawing,
    EndBlock,
    Evidence,
    EvidenceEntry,
    Heading,
    KeyPoints,
    Masthead,
    PageBreak,
    Paragraph,
    Picture,
    Span,
    Spans,
    Table,
    Title,
)

TEMPLATES = Path(__file__).parent.parent / "templates"
TEMPLATE = TEMPLATES / "house.docx"


@lru_cache
def house(style: Style = "briefing") -> House:
    return load_house(TEMPLATES / "house.toml", style)


def actual(text: str, figure: str) -> Span:
    return Span(text, "actual", figure)


def target(text: str, figure: str) -> Span:
    return Span(text, "target", figure)


def mark(number: str) -> Span:
    return Span(f"[{number}]", "mark", link=f"s-{number}")


def s(*parts: str | Span) -> Spans:
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def cell(*parts: str | Span) -> Cell:
    return Cell((s(*parts),))


@lru_cache
def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (156, 60), (227, 232, 239)).save(out, "PNG")
    return out.getvalue()


SECTOR_COLUMNS = (
    Column((s("指标"),), 50),
    Column((s("数值"),), 16, "right", joined=True),
    Column(((),), 15),
    Column((s("同比"),), 20, "right"),
    Column((s("目标/实际"),), 21.5),
    Column((s("时期"),), 22),
    Column((s("出处"),), 11.5, "right"),
)
ROWS = (
    ("新增就业", "12549", "人", "+17%", "1-10", "fig-10"),
    ("农村劳动力转移就业", "20.4", "万人", "", "1-12", "fig-12"),
    ("扶持创业带头人", "562", "人", "", "1-11", "fig-11"),
    ("创业带头人带动就业", "3304", "人", "", "1-11", "fig-11b"),
    ("养老保险参保人数", "217.1", "万人", "", "1-14", "fig-14"),
    ("社会保险各类待遇发放", "76", "亿元", "", "1-15", "fig-15"),
    ("引进高校毕业生", "4183", "人", "+28%", "1-16", "fig-16"),
)


def sector_table(rows: tuple[tuple[str, ...], ...] = ROWS) -> Table:
    return Table(
        SECTOR_COLUMNS,
        tuple(
            (
                cell(name),
                cell(actual(number, figure)),
                cell(unit),
                cell(Span(change, "actual", f"{figure}g")) if change else cell(Span("—", "muted")),
                cell("● 实际"),
                cell(Span("2023年1—9月", "muted")),
                cell(mark(number_of)),
            )
            for name, number, unit, change, number_of, figure in rows
        ),
        notes=(s(Span("≠①", "alert"), f" {rows[0][0]}是“较改革前”的变化，不是同比。"),),
    )


POINTS: tuple[tuple[str, Spans], ...] = (
    (
        "就业社保",
        s(
            "全市新增就业",
            actual("12549人", "fig-10"),
            "，比上年同期增长",
            actual("17%", "fig-10g"),
            mark("1-10"),
            "；养老保险参保人数达到",
            actual("217.1万人", "fig-14"),
            "，发放各类待遇",
            actual("76亿元", "fig-15"),
            mark("1-14"),
            mark("1-15"),
            "。",
        ),
    ),
    (
        "教育",
        s("投入资金", actual("3.42亿元", "fig-5"), "，实施义务教育薄弱环节改善与能力提升项目147个", mark("1-5"), "。"),
    ),
    ("卫生健康", s("年内力争建设", target("10个", "fig-38"), "临床重点专科", mark("1-38"), "。")),
    (
        "下一步",
        s(
            "文旅项目年投资",
            target("6亿元", "fig-34"),
            "任务",
            mark("1-34"),
            "，已完成投资",
            actual("4.8亿元", "fig-25"),
            mark("1-25"),
            "（80.0%）。",
        ),
    ),
)

CARDS = Cards(
    (
        Card("新增就业", "12549", "人", "actual", "2023年1—9月", "fig-10", mark("1-10"), "同比", "+17%"),
        Card("养老保险参保人数", "217.1", "万人", "actual", "2023年1—9月", "fig-14", mark("1-14")),
        Card("社会保险待遇发放", "76", "亿元", "actual", "2023年1—9月", "fig-15", mark("1-15")),
        Card("接待游客", "1661", "万人次", "actual", "2023年1—8月", "fig-29", mark("1-29"), "同比", "+145.8%"),
        Card("旅游收入", "65.95", "亿元", "actual", "2023年1—8月", "fig-29b", mark("1-29"), "同比", "+132.0%"),
        Card(
            "文旅项目年投资任务",
            "6",
            "亿元",
            "target",
            "2023年",
            "fig-34",
            mark("1-34"),
            "已完成4.8亿元（推算）",
            "80.0%",
        ),
    )
)

LEGEND = Paragraph(
    s(
        Span("读法", "strong"),
        "　● 实际　○ 目标或计划　≥ 以上、超过、不少于　约 左右、近　",
        Span("≠", "alert"),
        " 不可直接比较　— 材料未公布　[1-12] 出处编号",
    ),
    "legend",
)

EMPLOYMENT = Paragraph(
    s(
        "全市新增就业",
        actual("12549人", "fig-10"),
        "，比上年同期增长",
        actual("17%", "fig-10g"),
        mark("1-10"),
        "；扶持创业带头人",
        actual("562人", "fig-11"),
        "，带动就业",
        actual("3304人", "fig-11b"),
        mark("1-11"),
        "。农村劳动力转移就业",
        actual("20.4万人", "fig-12"),
        mark("1-12"),
        "。企业、机关事业、城乡居民养老保险参保人数达到",
        actual("217.1万人", "fig-14"),
        "，发放各类待遇",
        actual("76亿元", "fig-15"),
        mark("1-14"),
        mark("1-15"),
        "。引进高校毕业生",
        actual("4183人", "fig-16"),
        "（同比增长28%）",
        mark("1-16"),
        "。",
    )
)

HEALTH = Paragraph(
    s(
        "年内力争建设",
        target("10个", "fig-38"),
        "临床重点专科",
        mark("1-38"),
        "，已经完成",
        actual("7个", "fig-41"),
        "中医重点专科的现场评审。",
    )
)


def picture() -> Picture:
    chart = Chart(
        "growth",
        "growth",
        "公布同比的6项指标全部增长，其中4项增幅超过100%",
        "同比增速（%），上年同期＝0；均为实际数，时期见指标名下方",
        "%",
        (Bar("新增就业", "2023年1—9月", Decimal(17), "+17%", "actual", ("fig-10g",)),),
    )
    return Picture(
        chart, Drawing(442, 170, ()), png(), 1, s(Span("出处", "muted"), mark("1-10"), mark("1-16")), "pic-1"
    )


SENTENCES = (
    ("1-5", "投入资金3.42亿元，实施义务教育薄弱环节改善与能力提升项目147个。"),
    ("1-10", "全市新增就业12549人，比上年同期增长17%。"),
    (
        "1-11",
        "全市新入驻项目182个，出孵企业185个，发放创业担保贷款2.3亿元，举办创业活动251次，扶持创业带头人562人，带动就业3304人。",
    ),
    ("1-12", "农村劳动力转移就业20.4万人。"),
    ("1-14", "企业、机关事业、城乡居民养老保险参保人数达到217.1万人，工伤25.54万人，失业23.74万人，实现应保尽保。"),
    ("1-15", "发放各类待遇76亿元。"),
    ("1-16", "新增专技人员1430人、高技能人才1023人，引进高层次人才51人、高校毕业生4183人（同比增长28%）。"),
    ("1-25", "现在已开工文旅项目28个，完成投资4.8亿元。"),
    ("1-29", "1—8月份我市累计接待游客1661.04万人次，旅游收入65.95亿元；分别同比增长145.76%和131.97%"),
    ("1-34", "力争超额完成省文旅厅下达的年投资6亿元任务目标。"),
    ("1-38", "……年内力争建设10个临床重点专科……"),
)

EVIDENCE = Evidence(
    s(Span("[1]　朝阳市人民政府新闻发布会主题系列新闻发布会（第三场）实录，2023年9月13日发布。", "strong")),
    tuple(EvidenceEntry(n, f"s-{n}", s(text)) for n, text in SENTENCES),
)

BLOCKS: tuple[Block, ...] = (
    Masthead("内部参阅", "政务发布简报", "第 1 期", "〔编发单位全称〕", "2023年9月13日"),
    Title(
        "朝阳市五部门通报全面振兴新突破三年行动进展",
        s(Span("据9月13日主题系列新闻发布会（第三场）整理，共171项数据：实际159项，目标12项", "kai")),
    ),
    KeyPoints("本期要点", POINTS),
    CARDS,
    LEGEND,
    PageBreak(),
    picture(),
    Heading(1, "一、就业社保", s("市人社局　数据61项　● 61　○ 0"), "h-1"),
    EMPLOYMENT,
    sector_table(),
    Heading(1, "二、卫生健康", s("市卫健委　数据8项　● 7　○ 1"), "h-2"),
    HEALTH,
    sector_table(ROWS[:2]),
    sector_table(ROWS[2:4]),
    Heading(1, "三、下一步目标", (), "h-3"),
    Paragraph(s("进度＝实际÷目标，实际数为2023年1—9月。"), "note"),
    PageBreak(),
    Heading(1, "附、出处", s("原文照录，标点统一为全角；加粗为本期引用的数字"), "h-4"),
    EVIDENCE,
    EndBlock(s("报：〔上级机关〕　　送：〔平级单位〕　　发：〔下级单位〕"), "〔编发单位全称〕", "共印〔 〕份"),
)


def briefing(*blocks: Block) -> Briefing:
    """The sample, or a briefing of these blocks."""
    return Briefing(
        "city",
        "朝阳市",
        "朝阳市五部门通报全面振兴新突破三年行动进展",
        "政务发布简报第1期",
        "〔编发单位全称〕",
        date(2023, 9, 13),
        "政务发布简报　第1期　朝阳市",
        blocks or BLOCKS,
        ("fig-10",),
    )


def with_number(block: Block, figure: str, text: str) -> Block:
    """The block with another text in every span of a figure."""

    def changed(spans: Spans) -> Spans:
        return tuple(replace(span, text=text) if span.figure_id == figure else span for span in spans)

    if isinstance(block, Paragraph):
        return replace(block, spans=changed(block.spans))
    if isinstance(block, KeyPoints):
        return replace(block, points=tuple((label, changed(spans)) for label, spans in block.points))
    return block
