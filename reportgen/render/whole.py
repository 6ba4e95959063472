"""What no line end may tear: a number with its unit, and a short bracket. A text goes in, places in it come out.

Shared by the renderers that break or mark up their own lines; Word breaks its lines itself.
"""

from __future__ import annotations

import re

LONGEST_BRACKET, BESIDE = 8, 6
"""Characters between the brackets that stay together; as many when they stay with the number before them, too."""
_UNITS = (
    "个百分点|百分点|个点|(?:人|件|场|户|架|台|家|班)次|平方公里|平方米|立方米|微克/立方米|公里|公顷|公斤|千瓦时|千瓦|"
    "元/月|吨标准煤|季度|[个人名家项所件次户年月日时分元斤倍吨亩里米套座条张期号位届级岁天场处支部栋台辆门种份类批头只株宗起度%％‰℃]"
)
_NUMBER = rf"[0-9][0-9.,]*(?:[—-][0-9][0-9.,]*)?[余多]?(?:万亿|[十百千]?[万亿]|[百千])?(?:{_UNITS})?"
_WHOLE = re.compile(rf"{_NUMBER}(?:（[^（）]{{1,{BESIDE}}}）)?|（[^（）]{{1,{LONGEST_BRACKET}}}）")


def whole_places(text: str) -> list[tuple[int, int]]:
    """The stretches [start, end) of `text` that stay on one line, in order.

    >>> text = "已完成4.8亿元（推算80.0%），占10.0%（推算）。"
    >>> [text[start:end] for start, end in whole_places(text)]
    ['4.8亿元', '（推算80.0%）', '10.0%（推算）']
    """
    return [found.span() for found in _WHOLE.finditer(text) if found.end() - found.start() > 1]
