"""A briefing built by hand from seed 000, as the briefing stage would build it: every kind of block, real figures."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from reportgen.model import (
    Bar,
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
    PathOp,
    Picture,
    Span,
    Spans,
    Table,
    TextOp,
    Title,
)

BLUE, GREY, GRID = "#1F3A5F", "#595959", "#D9D9D9"


def mark(number: str) -> Span:
    """The evidence mark of sentence `number`."""
    return Span(f"[1-{number}]", "mark", link=f"e-1-{number}")


def text(template: str) -> Spans:
    """Spans from a short notation: *actual*, _target_, [n] an evidence mark, the rest plain."""
    spans: list[Span] = []
    signs = {"*": "actual", "_": "target"}
    at = 0
    while at < len(template):
        if template[at] in signs:
            end = template.index(template[at], at + 1)
            spans.append(Span(template[at + 1 : end], signs[template[at]], figure_id=f"f{at}"))  # type: ignore[arg-type]
            at = end + 1
        elif template[at] == "[":
            end = template.index("]", at)
            spans.append(mark(template[at + 1 : end]))
            at = end + 1
        else:
            stops = [template.index(sign, at) for sign in "*_[" if sign in template[at:]]
            end = min(stops, default=len(template))
            spans.append(Span(template[at:end]))
            at = end
    return tuple(spans)


POINTS = (
    (
        "就业社保",
        "全市新增就业*12549人*，比上年同期增长*17%*[10]；养老保险参保人数达到*217.1万人*，发放各类待遇*76亿元*[14][15]。",
    ),
    (
        "教育",
        "投入资金*3.42亿元*，实施义务教育薄弱环节改善与能力提升项目147个[5]；普惠性幼儿园在园幼儿占比达到*85%*以上[4]。",
    ),
    ("卫生健康", "年内力争建设_10个_临床重点专科[38]；已建成危重孕产妇救治中心*7个*、危重新生儿救治中心*6个*[42]。"),
    ("文旅体育", "1—8月接待游客*1661.04万人次*，旅游收入*65.95亿元*，分别同比增长*145.76%*和*131.97%*[29]。"),
    ("营商环境", "人社服务窗口由82个减少为*30个*[18]，政务服务好评率较改革前提高15个百分点，达到*97%*以上[21]。"),
    ("下一步", "文旅项目年投资_6亿元_任务[34]，已完成投资*4.8亿元*[25]（80.0%）。"),
)

CARDS = (
    Card("新增就业", "12549", "人", "actual", "2023年1—9月", "c1", mark("10"), "同比", "+17%"),
    Card("养老保险参保人数", "217.1", "万人", "actual", "2023年1—9月", "c2", mark("14")),
    Card("社会保险待遇发放", "76", "亿元", "actual", "2023年1—9月", "c3", mark("15")),
    Card("接待游客", "1661", "万人次", "actual", "2023年1—8月", "c4", mark("29"), "同比", "+145.8%"),
    Card("旅游收入", "65.95", "亿元", "actual", "2023年1—8月", "c5", mark("29"), "同比", "+132.0%"),
    Card("文旅项目年投资任务", "6", "亿元", "target", "2023年", "c6", mark("34"), "已完成4.8亿元（推算）", "80.0%"),
)

LEGEND: Spans = (
    Span("读法", "strong"),
    Span("　● 实际　○ 目标或计划　≥ 以上、超过、不少于　约 左右、近　"),
    Span("≠", "alert"),
    Span(" 不可直接比较　— 材料未公布　[1-12] 出处编号"),
)

SECTOR_COLUMNS = (
    Column(((Span("指标"),),), 50),
    Column(((Span("数值"),),), 16, "right", joined=True),
    Column(((Span(""),),), 15),
    Column(((Span("同比"),),), 20, "right"),
    Column(((Span("目标/实际"),),), 21.5),
    Column(((Span("时期"),),), 22),
    Column(((Span("出处"),),), 11.5, "right"),
)


def row(
    name: str, number: str, unit: str, change: str, key: bool, number_mark: str, status: str = "actual"
) -> tuple[Cell, ...]:
    """A row of a sector table."""
    look = "actual" if key and status == "actual" else "number"
    dot = "● 实际" if status == "actual" else "○ 目标"
    return (
        Cell(((Span(name),),)),
        Cell(((Span(number, look),),)),  # type: ignore[arg-type]
        Cell(((Span(unit),),)),
        Cell(((Span(change, "actual" if key else "number") if change else Span("—", "muted"),),)),
        Cell(((Span(dot),),)),
        Cell(((Span("2023年1—9月", "muted"),),)),
        Cell(((mark(number_mark),),)),
    )


EMPLOYMENT = Table(
    SECTOR_COLUMNS,
    (
        row("新增就业", "12549", "人", "+17%", True, "10"),
        row("农村劳动力转移就业", "20.4", "万人", "", True, "12"),
        row("扶持创业带头人", "562", "人", "", False, "11"),
        row("创业带头人带动就业", "3304", "人", "", False, "11"),
        row("养老保险参保人数", "217.1", "万人", "", True, "14"),
        row("社会保险各类待遇发放", "76", "亿元", "", True, "15"),
        row("企业职工平均养老金", "2746", "元/月", "", True, "13"),
        row("引进高校毕业生", "4183", "人", "+28%", True, "16"),
        row("补贴性就业培训", "1.8", "万人次", "+174%", False, "17"),
    ),
    anchor="t-employment",
)

NEXT = Table(
    (
        Column(((Span("目标事项"),),), 55.5),
        Column(((Span("目标值"),),), 10, "right", joined=True),
        Column(((Span(""),),), 10),
        Column(((Span("期限"),),), 19),
        Column(((Span("目前进度（推算）"),),), 50),
        Column(((Span("出处"),),), 11.5, "right"),
    ),
    tuple(
        (
            Cell(((Span(f"○ {name}"),),)),
            Cell(((Span(number, "target"),),)),
            Cell(((Span(unit),),)),
            Cell(((Span("2023年", "muted"),),)),
            Cell(((Span(progress) if progress != "—" else Span("—", "muted"),),)),
            Cell(((mark(number_mark),),)),
        )
        for name, number, unit, progress, number_mark in (
            ("文旅项目拟开工", "33", "个", "■■■■■■■■□□ 28个，84.8%", "24"),
            ("文旅项目年投资任务（省下达）", "6", "亿元", "■■■■■■■■□□ 4.8亿元，80.0%", "34"),
            ("文旅项目全年计划投资", "13", "亿元", "■■■□□□□□□□ 4.8亿元，36.9%", "24"),
            ("重点建设文旅项目", "10", "个", "—", "33"),
        )
    ),
    notes=((Span("≠①", "alert"), Span(" 15个百分点是“较改革前”的变化，不是同比，不与其他“同比”数比较。")),),
)

GROWTH = (
    ("补贴性就业培训", "2023年1—9月", "174"),
    ("接待游客", "2023年1—8月", "145.8"),
    ("旅游收入", "2023年1—8月", "132.0"),
    ("体育彩票发行", "2023年1—9月", "102.4"),
    ("引进高校毕业生", "2023年1—9月", "28"),
    ("新增就业", "2023年1—9月", "17"),
)


def lollipop() -> Picture:
    """A growth chart drawn by hand, 156 mm wide."""
    width, step = 442.2, 19.8
    height = step * len(GROWTH) + 18
    ops: list[PathOp | TextOp] = []
    for tick in (0, 50, 100, 150):
        x = 85 + tick * 1.69
        colour, thick = (GRID, 0.5) if tick else ("#000000", 0.8)
        ops.append(PathOp((("M", (x, 14.0)), ("L", (x, height))), "", colour, thick))
        ops.append(TextOp(x - 8, 4, f"+{tick}%" if tick else "0", "hei", 7.2, GREY))
    for index, (name, period, change) in enumerate(GROWTH):
        y = height - step * (index + 0.5)
        x = 85 + float(change) * 1.69
        ops.append(PathOp((("M", (85.0, y)), ("L", (x, y))), "", BLUE, 1.3))
        square = (("M", (x - 3, y - 3)), ("L", (x + 3, y - 3)), ("L", (x + 3, y + 3)), ("L", (x - 3, y + 3)), ("Z", ()))
        ops.append(PathOp(square, BLUE))
        ops.append(TextOp(0, y + 1.5, name, "hei", 8.5, "#000000"))
        ops.append(TextOp(0, y - 7, period, "hei", 7.2, GREY))
        ops.append(TextOp(x + 5, y - 3, f"+{change}%", "hei-bold", 8.5, BLUE))
    bars = tuple(Bar(name, period, Decimal(change), f"+{change}%", "actual", ()) for name, period, change in GROWTH)
    chart = Chart(
        "growth",
        "growth",
        "公布同比的6项指标全部增长，其中4项增幅超过100%",
        "同比增速（%），上年同期＝0；均为实际数，时期见指标名下方",
        "%",
        bars,
    )
    marks = (Span("出处"), mark("10"), mark("16"), mark("17"), mark("29"), mark("31"))
    return Picture(chart, Drawing(width, height, tuple(ops)), b"", 1, marks, "p-growth")


EVIDENCE = Path(__file__).parent / "cases" / "sample_evidence.toml"
SENTENCES = tuple(tomllib.loads(EVIDENCE.read_text("utf-8")).items())

AREAS = (
    ("朝阳市", "● 2023年1—9月"),
    ("鞍山市", "○ 2023年"),
    ("阜新市", "● 2022年"),
    ("承德市", "● 2021年1—4月"),
    ("辽宁省", "○ 2023年"),
)


def value(printed: str) -> Cell:
    """A cell of the comparison table: dot and value, — where nothing is published, ≠ with its note."""
    if not printed:
        return Cell(((Span("—", "muted"),),))
    number, _, doubt = printed.partition("≠")
    look = "actual" if number.startswith("●") else "target"
    spans = (Span(number[0]), Span(number[1:], look))  # type: ignore[arg-type]
    return Cell(((*spans, Span(f"≠{doubt}", "alert")) if doubt else spans,))


COMPARISON = Table(
    (
        Column(((Span("指标"),),), 35),
        *(
            Column(((Span(area),), (Span(period, "muted"),)), 20.5, "left", shaded=area == "辽宁省")
            for area, period in AREAS
        ),
        Column(((Span("出处"),),), 18.5, "right"),
    ),
    tuple(
        (
            Cell(((Span(name),), (Span(scope, "muted"),)) if scope else ((Span(name), Span(f" {unit}", "muted")),)),
            *(value(printed) for printed in values),
            Cell(((Span(sources, "muted"),),)),
        )
        for name, unit, scope, values, sources in (
            ("城镇新增就业", "人", "人，各地默认时期，实际", ("●12549≠①", "", "●10298", "●1.8万", ""), "1-2 3-1 4-1"),
            ("城镇新增就业", "人", "人，2023年目标", ("", "○约3.9万", "○≥1万", "", "○约45万"), "2-2 3-3 5-1"),
            ("失业人员再就业", "人", "", ("", "○≥2.1万", "", "●0.55万", "○≥35万"), "2-6 4-1 5-6"),
            ("扶持创业带头人", "人", "", ("●562", "○≥900", "", "", "○≥1万"), "1-3 2-7 5-7"),
        )
    ),
    "就业社保主要指标",
    1,
    (Span("列头为该地默认时期和性质：● 实际 ○ 目标；另有时期的写在指标名下方"),),
    (),
    ((Span("≠①", "alert"), Span("　朝阳市原文为“新增就业”，未注明“城镇”，口径可能更宽。")),),
    "t-comparison",
)

COVERAGE = Table(
    (
        Column(((Span("领域"),),), 27),
        *(Column(((Span(name),),), 7, "centre") for name in ("朝阳", "鞍山", "阜新", "承德", "辽宁")),
        Column(((Span("合计"),),), 9, "right"),
        Column(((Span("地区、时期"),),), 27),
        Column(((Span("本期一条"),),), 58),
    ),
    tuple(
        (
            Cell(((Span(name),),)),
            *(
                Cell(((Span(str(count), "strong" if count > 15 else "plain") if count else Span("—", "muted"),),), heat)
                for count, heat in zip(counts, heats, strict=True)
            ),
            Cell(((Span(str(sum(counts)), "actual"),),)),
            Cell(((Span(when, "muted"),),)),
            Cell((text(words),)),
        )
        for name, counts, heats, when, words in (
            ("经济运行", (0, 0, 41, 0, 0), (0, 0, 4, 0, 0), "阜新  2023年", "固定资产投资增长_15%_以上"),
            ("就业社保", (61, 17, 5, 17, 22), (4, 3, 1, 3, 3), "朝阳  2023年1—9月", "发放社会保险各类待遇*76亿元*"),
            ("城乡建设", (0, 14, 31, 18, 12), (0, 2, 4, 3, 2), "辽宁  到2025年", "更新改造老旧管网_1.6万公里_"),
        )
    ),
)

BLOCKS = (
    Masthead("内部参阅", "政务发布简报", "第 1 期", "〔编发单位全称〕", "2023年9月13日"),
    Title(
        "朝阳市五部门通报全面振兴新突破三年行动进展",
        (
            Span("据", "kai"),
            Span("9", "number"),
            Span("月", "kai"),
            Span("13", "number"),
            Span("日主题系列新闻发布会（第三场）整理，共", "kai"),
            Span("171", "number"),
            Span("项数据：实际", "kai"),
            Span("159", "number"),
            Span("项，目标", "kai"),
            Span("12", "number"),
            Span("项", "kai"),
        ),
    ),
    KeyPoints("本期要点", tuple((label, text(words)) for label, words in POINTS)),
    Cards(CARDS),
    Paragraph(LEGEND, "legend"),
    PageBreak(),
    lollipop(),
    Heading(1, "一、就业社保", (Span("市人社局　数据61项　● 61　○ 0"),), "h-employment"),
    Paragraph(
        text(
            "全市新增就业*12549人*，比上年同期增长*17%*[10]；扶持创业带头人*562人*，带动就业*3304人*[11]。农村劳动力转移就业"
            "*20.4万人*[12]。企业、机关事业、城乡居民养老保险参保人数达到*217.1万人*，发放各类待遇*76亿元*[14][15]。引进高校毕业生"
            "*4183人*（同比增长28%）[16]；开展补贴性就业培训*1.8万人次*（同比增长174%）[17]。"
        )
    ),
    EMPLOYMENT,
    Heading(1, "二、改革开放营商环境", (Span("市人社局　数据17项　● 17　○ 0"),), "h-business"),
    Paragraph(
        text(
            "原来7个办事大厅整合为1个综合服务大厅，窗口由82个减少为*30个*，136个服务事项全部进厅受理办理[18]。人社政务服务好评率较改革"
            "前提高15个百分点，达到*97%*以上[21]；“四不”窗口累计解决各类问题*166件*，办结率100%、满意率99%[22]。"
        )
    ),
    Heading(1, "三、下一步目标", (Span("数字目标11项，节点事项5项"),), "h-next"),
    Paragraph(
        (Span("进度＝实际÷目标，实际数为2023年1—9月，每格10%。临床重点专科由市卫健委提出，其余由市文旅广电局提出。"),),
        "note",
    ),
    NEXT,
    Heading(2, "（一）指标对照", (Span("五地17项指标；— 材料未公布"),)),
    COMPARISON,
    COVERAGE,
    PageBreak(),
    Heading(1, "附、出处", (Span("原文照录，标点统一为全角；加粗为本期引用的数字"),), "h-evidence"),
    Evidence(
        (Span("[1]　朝阳市人民政府新闻发布会主题系列新闻发布会（第三场）实录，2023年9月13日发布。"),),
        tuple(EvidenceEntry(f"1-{number}", f"e-1-{number}", text(words)) for number, words in SENTENCES),
    ),
    EndBlock((Span("报：〔上级机关〕　　送：〔平级单位〕　　发：〔下级单位〕"),), "〔编发单位全称〕", "共印〔　〕份"),
)


def city(blocks: tuple = BLOCKS) -> Briefing:
    """The briefing on 朝阳市 with `blocks`."""
    return Briefing(
        "city",
        "朝阳市",
        "朝阳市五部门通报全面振兴新突破三年行动进展",
        "朝阳市",
        "〔编发单位全称〕",
        date(2023, 9, 13),
        "政务发布简报　第1期　朝阳市",
        blocks,
        (),
    )
