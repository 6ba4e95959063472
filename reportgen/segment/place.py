"""Which place a document speaks for: names in its title and head, bodies that speak, and 我市 against 我省."""

from __future__ import annotations

import re
from collections import defaultdict

from reportgen.vocabulary import Division, Vocabulary

HEAD = 600
"""Characters of the document's head."""
FILE_NAME, FULL_NAME, IN_HEAD, SPEAKS, PARENT, SILENT = 6.0, 1.0, 4.0, 4.0, 0.3, 0.25
"""What a mention in the file name counts, in full, in the head, before a body that speaks; what part goes to the place
above; what a place keeps whose level the document never speaks as."""
_VOICE = {
    "province": re.compile("我省|全省|省委|省政府|全区各族|自治区党委|自治区政府"),
    "prefecture": re.compile("我市|本市|全市|市委|市政府|我州|全州|州委|我盟|全盟"),
    "county": re.compile("我县|全县|县委|我区|全区|区委|区政府|我旗|全旗|旗委|我市|全市|市委"),
}
_SPEAKS = re.compile(
    "(?:省|市|区|县|州|盟|旗)?(?:人民政府|政府|人民代表大会|人大|新闻办|新闻发布会|统计局|市委|发布|日报|新闻网)"
)
_SUFFIX = re.compile(r"\.\w+$")


def place(text: str, file_name: str, vocabulary: Vocabulary) -> Division | None:
    """The division that the document is about, or None where nothing in it tells.

    Every mention scores; mentions in the head, before a body that speaks, and of the level that the
    document's 我省/我市/我县 points to score more. A tie is broken by first mention.
    """
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, tuple[int, Division]] = {}
    for _, _, division in vocabulary.divisions.scan(_SUFFIX.sub("", file_name)):
        scores[division.code] += FILE_NAME
        seen.setdefault(division.code, (-1, division))
    for start, end, division in vocabulary.divisions.scan(text):
        weight = _weight(text, start, end, division)
        scores[division.code] += weight
        seen.setdefault(division.code, (start, division))
        above = vocabulary.divisions.parent(division)
        if above is not None:
            scores[above.code] += PARENT * weight
    if not seen:
        return None
    voice = {level: len(pattern.findall(text)) for level, pattern in _VOICE.items()}
    loudest = max(voice.values()) or 1

    def rank(code: str) -> tuple[float, int]:
        first, division = seen[code]
        return scores[code] * (SILENT + voice[_level(division)] / loudest), -first

    return seen[max(seen, key=rank)][1]


def _weight(text: str, start: int, end: int, division: Division) -> float:
    """What a mention counts: a full name, one in the head and one that speaks count more."""
    full = FULL_NAME if end - start == len(division.name) else 0.0
    head = IN_HEAD if start < HEAD else 0.0
    return 1.0 + full + head + (SPEAKS if _SPEAKS.match(text, end) else 0.0)


def _level(division: Division) -> str:
    """The level whose words the place uses: 重庆市 says 我市, like a prefecture."""
    return "prefecture" if division.level == "province" and division.name.endswith("市") else division.level
