"""What tells rows of one name apart: figures of a table in, a few words of the source for each that needs them out.

棚户区改造项目 printed twice becomes 棚户区改造项目（已开工） and 棚户区改造项目（基本建成）. Nothing is invented:
the words stand before the number in its own clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from reportgen.briefing.text import plain
from reportgen.model import Figure

SHORTEST, LONGEST = 2, 12
_STOPS = "，,；;。：:（("
_WHOLE = re.compile("(?:全[省市县区]|我[省市县区]|全年|今年)")
_OTHER_NUMBER = re.compile("[0-9](?![0-9]{0,3}年)")
_EDGES = re.compile("^[、和及的]+|(?:共?完成|实现|达到|达|为|共计?|累计|约|近|超过?|突破|[、和及的])+$")


def telling_words(figures: Sequence[Figure]) -> dict[str, str]:
    """Figure id -> words that tell it from the others of its name, unit, period and status; only where they differ."""
    alike: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == "rank":
            continue
        name = (figure.area, figure.indicator, figure.measure, figure.base_unit, figure.status, figure.period)
        alike[name].append(figure)
    found: dict[str, str] = {}
    for group in alike.values():
        words = {figure.id: _words(figure) for figure in group} if len(group) > 1 else {}
        if len(set(words.values())) == len(words):
            found |= {name: said for name, said in words.items() if said}
    return found


def _words(figure: Figure) -> str:
    """What the clause says before the number beside the indicator itself."""
    start = max(figure.sentence.rfind(stop, 0, figure.mark[0]) for stop in _STOPS) + 1
    text = plain(figure.sentence[start : figure.mark[0]]).replace(plain(figure.indicator), "")
    text = _EDGES.sub("", _EDGES.sub("", _WHOLE.sub("", text).strip()))
    says_more = not _OTHER_NUMBER.search(text) and not set(text) <= set(plain(figure.indicator))
    return text if says_more and SHORTEST <= len(text) <= LONGEST else ""
