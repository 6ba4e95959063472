"""Differences between two issues as CSV and as Markdown.

Goes in: `model.Difference` values. Comes out: bytes; names from sources are text in both and can become no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.model import Difference, Figure
from reportgen.notation import period_text, printed_value, status_word
from reportgen.tables.plain import Plain, csv_bytes

HEAD = [
    "change",
    "area",
    "sector",
    "indicator_id",
    "indicator",
    "measure",
    "status",
    "base_unit",
    "period_before",
    "value_before",
    "period",
    "value",
    "doc_before",
    "doc",
    "figure_id_before",
    "figure_id",
    "sentence",
]
KINDS = {"added": "新增", "changed": "变化", "dropped": "减少"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_SPACE = re.compile(r"\s+")


def differences_csv(differences: Sequence[Difference]) -> bytes:
    """One line a difference; the fields are those of the later figure, of the earlier one where it was dropped."""
    return csv_bytes(HEAD, (_row(difference) for difference in differences))


def _row(difference: Difference) -> tuple[Plain, ...]:
    before, after = difference.before, difference.after
    figure = _shown(difference)
    return (
        difference.kind,
        figure.area,
        figure.sector,
        figure.indicator_id,
        figure.indicator,
        figure.measure,
        figure.status,
        figure.base_unit,
        before.period if before else "",
        before.value if before else None,
        after.period if after else "",
        after.value if after else None,
        before.doc if before else "",
        after.doc if after else "",
        before.id if before else "",
        after.id if after else "",
        figure.sentence,
    )


def differences_markdown(differences: Sequence[Difference], first: str, second: str) -> bytes:
    """A page in Chinese: how many of each kind, then a table for each; `first` and `second` are months YYYY-MM."""
    lines = [f"# {period_text(first)}与{period_text(second)}两期数据的差别", ""]
    counts = {kind: sum(difference.kind == kind for difference in differences) for kind in KINDS}
    lines += ["，".join(f"{name}{counts[kind]}项" for kind, name in KINDS.items()) + "。", ""]
    for kind, name in KINDS.items():
        if counts[kind]:
            lines += [f"## {name}", "", *_table([item for item in differences if item.kind == kind]), ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _table(differences: Sequence[Difference]) -> Iterator[str]:
    yield "| 地区 | 指标 | 原数 | 现数 | 目标/实际 | 时期 | 材料 | 编号 |"
    yield "|---|---|---:|---:|---|---|---|---|"
    for difference in differences:
        figure = _shown(difference)
        cells = (
            figure.area,
            figure.indicator,
            _value(difference.before),
            _value(difference.after),
            status_word(figure.status),
            period_text(figure.period, figure.status),
            figure.doc,
            figure.id,
        )
        yield f"| {' | '.join(_text(cell) for cell in cells)} |"


def difference_line(difference: Difference) -> str:
    """One difference for a terminal: + added, ~ changed, - dropped."""
    figure = _shown(difference)
    sign = {"added": "+", "changed": "~", "dropped": "-"}[difference.kind]
    values = " -> ".join(_value(one) for one in (difference.before, difference.after) if one is not None)
    when = f"{status_word(figure.status)} {period_text(figure.period, figure.status)}"
    return _SPACE.sub(" ", f"{sign} {figure.area} {figure.indicator} {values} ({when}, {figure.id})")


def _shown(difference: Difference) -> Figure:
    figure = difference.after or difference.before
    if figure is None:
        raise ValueError("a difference without figures")
    return figure


def _value(figure: Figure | None) -> str:
    return "—" if figure is None else printed_value(figure)


def _text(cell: str) -> str:
    return _MARKUP.sub(r"\\\1", _SPACE.sub(" ", cell)).strip()
