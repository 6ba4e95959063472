"""Comparisons described as charts: which rows, in which order, under which finding.

Goes in: comparisons and figures. Comes out: `model.Chart`, or None where there is nothing to draw. A title states what
the numbers show and never ranks what is not comparable; every printed number comes from `notation`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from reportgen.model import Bar, Chart, Comparison, Figure, Progress, ProvinceShare
from reportgen.notation import (
    change_text,
    common_multiplier,
    derived_text,
    is_yearly_mean,
    order_words,
    period_text,
    places_text,
    short_text,
    short_value,
    status_word,
    worded_text,
)

OTHER_LEVEL = "层级"
"""In the note of a comparison: a county is set beside provinces, or all are of different levels."""
VERDICT_ORDER = ("met", "ahead", "on course", "behind", "unknown")
MOST_ROWS = 20
"""A chart shows so many rows; what is left out is counted in a note and stands in the tables."""
COUNTED = "人个户例件家所场项名次套座栋条辆台宗处批"
"""First characters of units of what is counted one by one: of that there is most, all else is highest."""
MOST_GROWTHS, FEWEST_YEARLY = 10, 3
"""A growth chart keeps to the most telling rates; to those of a year where there are so many."""


def describe_comparison(comparison: Comparison, *, width: float = 156.0) -> Chart | None:
    """Bars over areas: sorted by value where comparable, else in the fixed order of areas and marked ≠.

    The province's value is named in a note: as a bar it would make its cities unreadably short. For the same reason
    amounts of a county stand beside no province's.
    """
    apart = {name for name, note in comparison.notes.items() if OTHER_LEVEL in note}
    apart = apart if comparison.measure == "level" else set()
    areas = [figure for figure in comparison.figures if figure.id not in {*comparison.references, *apart}]
    figures = areas[:MOST_ROWS]
    if len(figures) < 2:
        return None
    multiplier = common_multiplier(figures)
    bars = tuple(
        Bar(
            label=figure.area,
            sublabel=period_text(figure.period, figure.status),
            value=figure.value,
            text=change_text(figure) if figure.measure == "growth" else "".join(short_value(figure, multiplier)),
            status=figure.status,
            figure_ids=(figure.id,),
            note=comparison.notes.get(figure.id, ""),
            alert=figure.id in comparison.notes,
        )
        for figure in figures
    )
    notes = _reasons(bars, comparison.comparable)
    notes += [_reference(figure) for figure in comparison.figures if figure.id in comparison.references]
    return Chart(
        id=f"compare-{comparison.indicator_id}-{comparison.measure}-{figures[0].id}",
        kind="bars",
        title=_comparison_title(comparison),
        subtitle=_comparison_subtitle(comparison, marked=any(bar.alert for bar in bars)),
        unit=comparison.base_unit,
        bars=bars,
        notes=(*notes, *_left_out(len(areas))),
        width=width,
    )


def _reasons(bars: Sequence[Bar], comparable: bool) -> list[str]:
    """Why bars are not ranked: a reason that several share is said once, with whom it concerns where not with all."""
    said: dict[str, list[str]] = {}
    for bar in bars:
        for reason in filter(None, bar.note.split("；")):
            said.setdefault(reason, []).append(bar.label)
    marked = sum(bool(bar.note) for bar in bars)
    common = [reason for reason, labels in said.items() if not comparable and len(labels) == marked]
    notes = [f"≠ {reason}，不可直接比较。" for reason in common]
    whose: dict[str, list[str]] = {}
    for reason, labels in said.items():
        if reason not in common:
            whose.setdefault("、".join(labels), []).append(reason)
    return notes + [
        f"≠ {labels}：{'；'.join(reasons)}。".replace("：口径：", "口径：") for labels, reasons in whose.items()
    ]


def _reference(figure: Figure) -> str:
    period = period_text(figure.period, figure.status)
    return f"参照：{figure.area}{period}{status_word(figure.status)}为{worded_text(figure)}。"


def _comparison_title(comparison: Comparison) -> str:
    alike = [figure for figure in comparison.figures if figure.id not in comparison.notes]
    name = comparison.indicator + ("增速" if comparison.measure == "growth" else "")
    if not comparison.comparable or len(alike) < 2:
        statuses = {figure.status for figure in comparison.figures if figure.id not in comparison.references}
        return f"{name}：" + ("目标与实际分开标示，不作排序" if len(statuses) > 1 else "时期或口径不同，不作排序")
    falls = comparison.measure == "growth" and all(figure.value < 0 for figure in alike)
    if falls:
        # −36.7% is no more than −49.9% to anybody: the deepest fall leads
        name, alike = f"{comparison.indicator}降幅", alike[::-1]
    what = f"{period_text(alike[0].period, alike[0].status)}{name}{'目标' if alike[0].status == 'target' else ''}"
    top, last = alike[0], alike[-1]
    if top.value == last.value:
        return f"{what}：{places_text(len(alike))}相同，均{_is(top)}"
    leaders = [figure.area for figure in alike if figure.value == top.value]
    counted = top.measure == "level" and top.base_unit[:1] in COUNTED
    more, most = ("大于", "最大") if falls else ("多于", "最多") if counted else ("高于", "最高")
    if len(alike) == 2:
        size, other = (worded_text(figure).removeprefix("−" if falls else "") for figure in (top, last))
        return f"{what}：{top.area}{size}，{more}{last.area}（{other}）"
    return f"{what}：{'、'.join(leaders)}{most}，{_is(top)}"


def _is(figure: Figure) -> str:
    """为30万人, 约45万人; of a fall its size."""
    text = worded_text(figure).removeprefix("−")
    return text if text.startswith("约") else f"为{text}"


def _comparison_subtitle(comparison: Comparison, *, marked: bool) -> str:
    unit = comparison.base_unit or "数值"
    if not comparison.comparable:
        areas = [figure.area for figure in comparison.figures if figure.id not in comparison.references]
        return f"{unit}；时期、性质或口径不同，{order_words(areas)}"
    return f"{unit}；时期、性质、口径均相同，按大小排列" + ("，标≠的只供参照" if marked else "")


def describe_shares(shares: Sequence[ProvinceShare], *, width: float = 156.0) -> Chart | None:
    """Shares of the provincial values, largest first; all of one area or of several."""
    if not shares:
        return None
    ordered = sorted(shares, key=lambda share: (-share.share, share.area.area, share.indicator_id))[:MOST_ROWS]
    areas = {share.area.area for share in shares}
    provinces = {share.province.area for share in shares}
    statuses = {share.area.status for share in shares}
    years = Counter(share.area.period for share in shares)
    usual = years.most_common(1)[0][0]
    word = "目标" if statuses == {"target"} else "实际数" if statuses == {"actual"} else "数"
    bars = tuple(
        Bar(
            label=(f"{share.area.area}　" if len(areas) > 1 else "")
            + share.indicator
            + (f"（{period_text(share.area.period, share.area.status)}）" if share.area.period != usual else ""),
            sublabel="",
            value=share.share,
            text=derived_text(share.share),
            status=share.area.status,
            figure_ids=(share.area.id, share.province.id),
            aside=_division(share),
        )
        for share in ordered
    )
    who = areas.pop() if len(areas) == 1 else places_text(len(areas))
    whole = provinces.pop() if len(provinces) == 1 else "各省"
    low, high = ordered[-1].share, ordered[0].share
    reach = derived_text(low) if low == high else f"{derived_text(low)}—{derived_text(high)}"
    return Chart(
        id=f"share-{ordered[0].area.id}-{len(shares)}",
        kind="share",
        title=f"{who}{len(ordered)}项{word}占全省{word}{reach}",
        subtitle=f"{who}÷{whole}同名{word}（%，推算）；未注明的为{period_text(usual, ordered[0].area.status)}；"
        "时期、性质、口径均相同，按大小排列",
        unit="%",
        bars=bars,
        notes=_left_out(len(shares)),
        width=width,
    )


def _division(share: ProvinceShare) -> str:
    """约3.9万 ÷ 约45万人; both with their own multiplier, the unit once."""
    part, unit = short_value(share.area)
    whole = short_text(share.province)
    multiplier = unit.removesuffix(share.area.base_unit) if share.area.base_unit else unit
    return f"{part}{multiplier} ÷ {whole}"


def describe_progress(pairs: Sequence[Progress], *, width: float = 156.0) -> Chart | None:
    """Bullets, the furthest first; levels only, because a rate is not completed bit by bit."""
    counted = [pair for pair in pairs if pair.target.measure == "level"]
    if not counted:
        return None
    ordered = sorted(counted, key=lambda pair: (-pair.completion, pair.target.doc, pair.target.start))[:MOST_ROWS]
    areas = {pair.area for pair in ordered}
    bars = tuple(
        Bar(
            label=(f"{pair.area}　" if len(areas) > 1 else "") + (pair.indicator or pair.target.indicator),
            sublabel="",
            value=pair.completion,
            text=derived_text(pair.completion),
            status="actual",
            figure_ids=(pair.actual.id, pair.target.id),
            reference=pair.target.value,
            aside=_fraction(pair),
            marker=pair.year_elapsed,
        )
        for pair in ordered
    )
    return Chart(
        id=f"progress-{ordered[0].target.id}-{len(counted)}",
        kind="progress",
        title=_progress_title(ordered, areas),
        subtitle=_progress_subtitle(ordered),
        unit="%",
        bars=bars,
        notes=_left_out(len(counted)),
        width=width,
    )


def _fraction(pair: Progress) -> str:
    """560／1000名: both in one multiplier, the target's unit once."""
    multiplier = common_multiplier((pair.target, pair.actual))
    actual, _ = short_value(pair.actual, multiplier)
    target, unit = short_value(pair.target, multiplier)
    return f"{actual}／{target}{unit}"


def _progress_title(ordered: Sequence[Progress], areas: set[str]) -> str:
    best_first = sorted(ordered, key=lambda pair: VERDICT_ORDER.index(pair.verdict))
    counts = Counter(pair.verdict_text for pair in best_first)
    found = "、".join(f"{count}项{word}" for word, count in counts.items())
    who = next(iter(areas)) if len(areas) == 1 else places_text(len(areas))
    return f"{who}{len(ordered)}项目标的进度：{found}"


def _progress_subtitle(ordered: Sequence[Progress]) -> str:
    actuals = {period_text(pair.actual.period, pair.actual.status) for pair in ordered}
    targets = {period_text(pair.target.period, pair.target.status) for pair in ordered}
    times = {pair.year_elapsed for pair in ordered}
    actual = actuals.pop() if len(actuals) == 1 else "各期"
    target = targets.pop() if len(targets) == 1 else "各期"
    head = f"{actual}实际÷{target}目标（推算）"
    return f"{head}；时序{times.pop():.0f}%为目标期内已过月数的占比" if len(times) == 1 else f"{head}；竖虚线为时序"


def describe_growth(figures: Sequence[Figure], *, width: float = 156.0) -> Chart | None:
    """Growth rates in % as lollipops, the greatest first; actual and target of one indicator share a line.

    `figures` are of one area; growth in points or amounts is left out, because it has another unit.
    """
    every = sorted(
        (figure for figure in figures if figure.measure == "growth" and figure.base_unit == "%"),
        key=lambda figure: (figure.period_end, figure.id),
    )
    # over five years all grows more than in one: both on one axis would be no comparison
    yearly = [figure for figure in every if not _span(figure)[0]]
    rates = yearly if len({_key(figure) for figure in yearly}) >= FEWEST_YEARLY else every
    actual = {_key(figure): figure for figure in rates if figure.status == "actual"}
    target = {_key(figure): figure for figure in rates if figure.status == "target"}
    # a rate over five years is not set beside one of a single year
    beside = {key: target[key] for key in actual if key in target and _span(actual[key]) == _span(target[key])}
    lines = [(figure, beside.get(key)) for key, figure in actual.items()]
    lines += [(figure, None) for key, figure in target.items() if key not in beside]
    if not lines:
        return None
    # Where not all fit: key figures, then known indicators, then the greatest changes, declines among them.
    lines.sort(
        key=lambda line: (not line[0].key, not line[0].indicator_id, -abs(line[0].value), line[0].doc, line[0].start)
    )
    shown = sorted(lines[:MOST_GROWTHS], key=lambda line: (-line[0].value, line[0].doc, line[0].start))
    bars = tuple(
        Bar(
            label=figure.indicator,
            sublabel=_growth_period(figure, planned),
            value=figure.value,
            text=change_text(figure),
            status=figure.status,
            figure_ids=(figure.id,) if planned is None else (figure.id, planned.id),
            reference=None if planned is None else planned.value,
            reference_text="" if planned is None else change_text(planned),
        )
        for figure, planned in shown
    )
    return Chart(
        id=f"growth-{shown[0][0].id}-{len(lines)}",
        kind="growth",
        title=_growth_title(lines),
        subtitle=f"材料所述增速（%），基期＝0；{_growth_kind(shown)}"
        + ("；不含跨年度增速" if len(rates) < len(every) else "，时期见指标名下方"),
        unit="%",
        bars=bars,
        notes=_left_out(len(lines), MOST_GROWTHS),
        width=width,
    )


def _key(figure: Figure) -> str:
    return figure.indicator_id or figure.indicator


def _span(figure: Figure) -> tuple[int, bool]:
    """How many years a rate's period runs over after its first, and whether it is the rate of each of them."""
    start, _, end = figure.period.partition("/")
    years = int(end[:4]) - int(start[:4]) if start[:4].isdigit() and end[:4].isdigit() else 0
    return years, is_yearly_mean(figure)


def _growth_period(figure: Figure, planned: Figure | None) -> str:
    own = period_text(figure.period, figure.status)
    return own if planned is None else f"{own}，目标{period_text(planned.period, planned.status)}"


def _growth_kind(lines: Sequence[tuple[Figure, Figure | None]]) -> str:
    if any(planned for _, planned in lines) or len({figure.status for figure, _ in lines}) > 1:
        return "实心为实际、空心为目标"
    return f"均为{status_word(lines[0][0].status)}数"


def _growth_title(lines: Sequence[tuple[Figure, Figure | None]]) -> str:
    """公布增速的6项指标全部增长，其中4项增幅超过100%."""
    paired = [(figure, planned) for figure, planned in lines if planned is not None]
    area = lines[0][0].area
    if len(paired) == len(lines):
        above = sum(planned.value > figure.value for figure, planned in paired)
        return f"{area}{len(lines)}项增速目标，{above}项高于已公布的实际增速"
    if all(figure.status == "target" for figure, _ in lines):
        return f"{area}提出{len(lines)}项增速目标，最高为{change_text(lines[0][0])}"
    actual = [figure for figure, _ in lines if figure.status == "actual"]
    rising = sum(figure.value > 0 for figure in actual)
    falling = sum(figure.value < 0 for figure in actual)
    title = f"{area}公布增速的{len(actual)}项指标" + (
        "全部增长" if rising == len(actual) else "全部下降" if falling == len(actual) else f"{rising}增{falling}降"
    )
    doubled = sum(figure.value > Decimal(100) for figure in actual)
    above = sum(planned.value > figure.value for figure, planned in paired)
    if doubled and not paired:
        title += f"，其中{doubled}项增幅超过100%"
    if not paired:
        return title
    how = "均高于" if above == len(paired) else "均不高于" if not above else f"中{above}项高于"
    return f"{title}；{len(paired)}项增速目标{how}已公布的实际增速"


def _left_out(count: int, most: int = MOST_ROWS) -> tuple[str, ...]:
    return (f"另有{count - most}项未画出，见表。",) if count > most else ()
