"""An area beside its province: shares of like values, and whether the known prefectures add up to the province's.

Goes in: one figure for each meaning. Comes out: shares in %, one decimal. Only levels of one status and period are
divided; a province's yearly value (每年) also stands for the year of its area's value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from reportgen.compare.alike import identity_of, percentage, scope_of, span, unit_of
from reportgen.compare.places import Places
from reportgen.model import Figure, ProvinceShare, ProvinceSum
from reportgen.notation import period_text
from reportgen.vocabulary import Vocabulary

Key = tuple[str, str, str, str]


def province_shares(figures: Iterable[Figure], places: Places, vocabulary: Vocabulary) -> tuple[ProvinceShare, ...]:
    """Every pair of an area and its province, ordered by area, period end and indicator."""
    figures = [figure for figure in figures if figure.measure == "level" and figure.value > 0 and not figure.value_high]
    provinces: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        if places.level(figure) == "province":
            provinces[_key(figure, places.key(figure))].append(figure)
    pairs = []
    for figure in figures:
        home = places.province(figure)
        for whole in provinces.get(_key(figure, home.code), ()) if home else ():
            if _same_time(figure, whole) and scope_of(figure) == scope_of(whole):
                pairs.append(
                    ProvinceShare(
                        identity_of(figure),
                        indicator_name(figure, vocabulary),
                        percentage(figure.value, whole.value),
                        whole,
                        figure,
                    )
                )
    return tuple(sorted(pairs, key=lambda pair: (places.in_order(pair.area), pair.area.period_end, pair.indicator_id)))


def partial_shares(
    figures: Iterable[Figure], exact: Iterable[ProvinceShare], places: Places, vocabulary: Vocabulary
) -> tuple[ProvinceShare, ...]:
    """Where no exact share is known: of a province's several years that hold the area's one, or of a narrower count."""
    figures = [figure for figure in figures if figure.measure == "level" and figure.value > 0 and not figure.value_high]
    known = {(places.key(pair.area), pair.indicator_id, pair.area.status) for pair in exact}
    provinces: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        if places.level(figure) == "province":
            provinces[_key(figure, places.key(figure))].append(figure)
    pairs = []
    for figure in figures:
        home = places.province(figure)
        if home is None or (places.key(figure), identity_of(figure), figure.status) in known:
            continue
        for whole in provinces.get(_key(figure, home.code), ()):
            why = _hint_only(figure, whole, places)
            if why:
                name, share = indicator_name(figure, vocabulary), percentage(figure.value, whole.value)
                pairs.append(ProvinceShare(identity_of(figure), name, share, whole, figure, why))
    return tuple(sorted(pairs, key=lambda pair: (places.in_order(pair.area), pair.area.period_end, pair.indicator_id)))


def province_sums(shares: Iterable[ProvinceShare], places: Places) -> tuple[ProvinceSum, ...]:
    """For each province's value the sum of its prefectures' known ones; counties are left out (cities contain them)."""
    groups: dict[str, list[ProvinceShare]] = defaultdict(list)
    for share in shares:
        if places.level(share.area) == "prefecture":
            groups[share.province.id].append(share)
    return tuple(_sum(group, places) for group in groups.values())


def _sum(group: Sequence[ProvinceShare], places: Places) -> ProvinceSum:
    province = group[0].province
    total = sum((share.area.value for share in group), Decimal(0))
    prefectures = places.prefectures(province)
    complete = prefectures <= {places.key(share.area) for share in group}
    reaches: Literal["yes", "no", "unknown"]
    reaches = "yes" if total >= province.value else "no" if complete else "unknown"
    return ProvinceSum(
        group[0].indicator_id,
        group[0].indicator,
        province,
        tuple(share.area for share in group),
        total,
        percentage(total, province.value),
        reaches,
        len(prefectures),
    )


def indicator_name(figure: Figure, vocabulary: Vocabulary) -> str:
    """The canonical name of the figure's indicator, else its own words."""
    canonical = vocabulary.indicator_by_id.get(figure.indicator_id)
    return canonical.name if canonical else figure.indicator


def _key(figure: Figure, province: str) -> Key:
    return province, identity_of(figure), unit_of(figure), figure.status


def _inside(area: Figure, province: Figure, places: Places) -> bool:
    """Whether the area's time is a part of the province's, which counts from the year of publication if it is open."""
    one, whole = span(area), span(province)
    if one is None or whole is None or one.first is None or one.last is None or whole.last is None:
        return False
    first = places.published(province).year * 12 if whole.first is None else whole.first
    return first <= one.first and one.last <= whole.last and (first, whole.last) != (one.first, one.last)


def _hint_only(area: Figure, province: Figure, places: Places) -> str:
    """Why the share of two figures is only a hint; empty where they have no share at all, or an exact one."""
    if _same_time(area, province):
        if scope_of(area) == scope_of(province):
            return ""
        return f"口径不同：{area.area}为“{area.indicator}”，{province.area}为“{province.indicator}”，份额仅供参考"
    if not _inside(area, province, places):
        return ""
    return (
        f"期限不同：{area.area}为{period_text(area.period, area.status)}，"
        f"{province.area}为{period_text(province.period, province.status)}，份额仅供参考"
    )


def _same_time(area: Figure, province: Figure) -> bool:
    one, other = span(area), span(province)
    if one is None or other is None:
        return False
    return one == other or (one.months == 12 and other.every_year) or (one.every_year and other.months == 12)
