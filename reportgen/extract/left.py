"""The phrase left of a number: from the list item or clause, without the place it is said of and without ranks."""

from __future__ import annotations

import re

from reportgen.extract.frame import Frame
from reportgen.extract.phrases import TIME, core, is_generic, without_light_verb
from reportgen.extract.subjects import without_numbers

Place = tuple[int, int]
"""Span of a place name in the sentence."""

_BEFORE_PLACE = re.compile(
    f"(?:[\\s、,，和与及:：]|其中|在|分别是|分别为|分别|包括|全市|我市|今年|去年|全年|以来|截至目前|目前|{TIME})*",
    re.ASCII,
)
_RESPECTIVELY = re.compile("(?:分别)?(?:是|为)$")
# 高新区: a zone of the place, no thing measured
_ZONE = re.compile("[\\s、,，和]*[一-龥]{0,2}(?:高新区|经开区|开发区|新区|保税区)")
_RANKED = re.compile(
    "(?:(?:全国|中国|全省|全市|全区|全县|省内|国内|世界|全球|东北|西部|中部|地级市|同类城市|[市州县区省])(?:的)?"
    "|(?:中部|中西部|东北|西北|西南|沿海)(?:地区|省份|省区|城市)?|在|分别|(?<!综合)考评|(?<!综合)考核|排名|位次|位居|位列|居|列|为|均|跃|升至|排|名列|获|分列|取得|稳居|荣获)*第?$"
)
# 增速|居生态涵养区第: among whom it is placed
_PLACED_AMONG = re.compile("(?:[稳位名排]?居(?!民|住|家)|[位名排分]列)[一-龥]{1,9}$")
# 是“十一五”末的2倍: what it is a multiple of
_TIMES_OF = re.compile("(?:是|为|相当于|达到?)[^,，是为]{1,16}的$")
# 在全省15个开发区综合考评中
_AMONG_MANY = re.compile(r"(?:在|从)?[一-龥]{0,4}\d+[余多]?个(?P<what>[^,，、。;；]{2,16})中$", re.ASCII)
_CONTEST = ("验收", "考核", "考评", "评比", "评价", "测评", "竞赛", "大赛")
_HELD = re.compile("^.{0,4}(?:举办|承办|开展|实施|推进|推动|建设|发放)了?")
_LONGEST = 14
"""A longer phrase with 等 is a list: its head noun, or its first items, name it."""
_LONGEST_LIST = 18


def left_phrase(frame: Frame, places: tuple[Place, ...]) -> str:
    """The thing measured as the words left of the number name it; may be empty, a bare verb or generic."""
    sentence, stop = frame.sentence, frame.quantity.start
    start = frame.item if frame.previous and frame.previous.tail > frame.clause else frame.clause
    if places:
        start, stop = _without_places(sentence, start, stop, places)
    if stop < frame.quantity.start:
        words = _RESPECTIVELY.sub("", without_numbers(sentence[start:stop]))
    else:
        words = sentence[start:stop]
        if words.endswith("区") and _ZONE.fullmatch(words):
            words = ""
    if frame.quantity.base_unit == "倍" and words.endswith("的"):
        words = _TIMES_OF.sub("", words)
    if frame.quantity.kind == "rank":
        words = _AMONG_MANY.sub(_contest, _RANKED.sub("", _PLACED_AMONG.sub("", words)))
    phrase = core(words)
    if len(phrase) > _LONGEST and "等" in phrase[8:-1]:
        head, _, tail = phrase.rpartition("等")
        phrase = tail if not is_generic(tail) or len(tail) > 4 else first_items(head) + "等" + tail
    return without_light_verb(phrase)


def _contest(match: re.Match[str]) -> str:
    """The contest in which a place was won, nothing where only the field of competitors is named."""
    return match["what"] if match["what"].endswith(_CONTEST) else ""


def _without_places(sentence: str, start: int, stop: int, places: tuple[Place, ...]) -> tuple[int, int]:
    """The span without the places that open it or that stand, listed, right before the number."""
    number = stop
    for begin, end in places:
        if start <= begin and end <= number and _BEFORE_PLACE.fullmatch(sentence, start, begin):
            start = end
    for begin, end in reversed(places):
        if start < begin < stop and (end == stop or sentence[end:stop] in ("、", "和", "与")):
            stop = begin
    return start, stop


def first_items(listed: str) -> str:
    """The first items of a list, as many as stand in a short name."""
    plain = without_light_verb(_HELD.sub("", listed))
    while len(plain) > _LONGEST and "、" in plain:
        plain = plain.rpartition("、")[0]
    return plain[:_LONGEST_LIST]
