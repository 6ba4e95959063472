"""The heading that says what a section's figures are about, where they do not say it themselves."""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.model import Section

_QUOTES = re.compile("[“”]")
# headings that name an aim, a speaker or a kind of chapter, not a thing
_NO_THING = re.compile(
    r"\s|[市省县区局厅旗州]长|主任|发言人|书记|进度|进展|回顾|安排|报告|情况|任务|目标|亮点|部署|要求"
    r"|第[一二三四五六七八九十\d]+|\d|突破$|不断|高质量|全面|新的|发展$|提升$|展现|[让使更]|着力点|聚焦|动能|迈上|[,，]"
)
_LEAD = re.compile(
    "^(?:推进|推动|加快|加强|实施|开展|促进|持续|全面|大力|着力|深入|建设|抓好|做好|切实|积极|进一步|扎实)+"
)
_TAIL = re.compile("(?:工程项目|工程|工作|方面|行动|计划)$")
SHORTEST, LONGEST = 3, 14


def topic(section: Section) -> str:
    """The innermost heading that names a thing (棚户区改造, 幼儿园建设), not an aim; empty where none does."""
    return next(filter(None, map(_thing, reversed(section.headings))), "")


@lru_cache(maxsize=64)
def _thing(heading: str) -> str:
    """The thing that a heading names, empty where it names none."""
    words = _LEAD.sub("", _QUOTES.sub("", heading))
    if not SHORTEST <= len(words) <= LONGEST or _NO_THING.search(words):
        return ""
    plain = _TAIL.sub("", words)
    return plain if len(plain) > SHORTEST else words
