"""One sentence's quantities -> readings: each field decided by its own rule, neighbours helping neighbours.

Fields are decided in the order in which they lean on each other: measure, qualifier, time, status, name, area, sector.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from reportgen.extract.areas import area, mentions
from reportgen.extract.frame import Frame
from reportgen.extract.names import Naming, name
from reportgen.extract.periods import Anchor, Time, period_end, so_far, times
from reportgen.extract.sectors import Scores, SectorReader
from reportgen.extract.senses import is_decline, measure, qualifier
from reportgen.extract.status import status
from reportgen.model import Known, Measure, Qualifier, Section, Sentence, Source, Status
from reportgen.vocabulary import Vocabulary

_LIST_GAP = re.compile(r"^(?:[、,，和与及以]|以上|左右|以内|以下|[(（].{0,12}[)）])*$")
_OTHER_PLACE = re.compile("[;；。]|全市|全省|全区|全县|我市|我省|各地|其他")
_BASELINE_TO = re.compile(
    "(?:减少|增加|提高|提升|上升|下降|降低?|增长?|扩大|压缩|压减|缩减|调整|整合|优化|合并|精简|缩短|跃升|攀升|拓展|扩展|升)?(?:[至到为成]了?)$"
)
_COMPARED_WITH = re.compile("[比较](?:[^,，。;；]{0,10}[年末底期]的?|原来的?)$")
_BASELINE_FROM = re.compile("(?:由|从|原来?的?|原有|自)[^,，。;；]{0,22}$")
_PEOPLE = re.compile("(?:就业困难|困难|农村|失业|返乡|贫困|脱贫|残疾|退役|退休|特困|低保|城镇|城乡|参保|各类|农业|高校)?(?:人员|人口|群众|居民|职工|农民|学生|老人|老年人|劳动力|儿童|毕业生|游客|旅客|人才|党员|村民|市民|对象|网格员|志愿者)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure before it gets its place in the source."""

    frame: Frame
    value: Decimal
    base_unit: str
    qualifier: Qualifier
    measure: Measure
    status: Status
    period: str
    period_end: str
    area: str
    sector: str
    indicator: str
    indicator_id: str
    known: dict[str, Known] = field(default_factory=dict)


class SentenceReader:
    """Reads the sentences of one section in order; what opens a paragraph is remembered for the rest of it."""

    def __init__(
        self,
        source: Source,
        section: Section,
        anchor: Anchor,
        lean: Status,
        vocabulary: Vocabulary,
        sectors: SectorReader,
    ) -> None:
        """`lean` is what the speech mostly speaks of; the anchor's chapter is the section's period."""
        self._source, self._section, self._anchor, self._lean = source, section, anchor, lean
        self._vocabulary, self._sectors = vocabulary, sectors
        self._topic = _topic(section)
        self._surroundings: Scores | None = None
        self._naming = Naming()
        self._paragraph_time: Time | None = None

    def read(self, sentence: Sentence, frames: tuple[Frame, ...]) -> tuple[Reading, ...]:
        """A reading per frame."""
        if not frames:
            return ()
        anchor = self._anchor
        if self._paragraph_time and not anchor.chapter:
            anchor = Anchor(anchor.year, anchor.month, self._paragraph_time.period)
        found_times = times(sentence.text, anchor)
        scanned = self._vocabulary.divisions.scan(sentence.text, self._source.area_code)
        named = mentions(scanned, self._source.area_code)
        places = tuple((start, end) for start, end, _ in scanned if sentence.text[end - 1] in "省市县区州盟旗")
        measures = _measures(frames)
        qualifiers = _qualifiers(frames)
        naming = self._naming.next_sentence()
        readings = []
        declines = False
        subject = ""
        for index, frame in enumerate(frames):
            kind = measures[index]
            indicator, naming = name(frame, kind, self._topic, places, naming)
            own_decline = is_decline(frame.left) or is_decline(frame.before) and kind == "growth" and not frame.left.strip(" 、和与及")
            declines = own_decline if frame.left.strip(" 、,，和与及") else declines or own_decline
            value = _value(frame, kind, declines)
            time = _time(frame, found_times) or self._paragraph_time
            sentence_status = self._status(frame, time)
            period, period_known = self._period(time, sentence_status)
            place, place_known = area(frame, self._source.area, named, self._vocabulary)
            between = sentence.text[frames[index - 1].quantity.tail : frame.quantity.start] if index else ""
            if not place_known and subject and index and not _OTHER_PLACE.search(between):
                place = subject
            subject = place if place != self._source.area else ""
            clause = sentence.text[frame.clause : frame.right_end]
            code, sure = self._sectors.sector(indicator, clause, sentence.text, self._context())
            base = "" if kind == "rank" else _base_unit(frame)
            matched = self._vocabulary.match_indicator(indicator, base, kind)
            readings.append(
                Reading(
                    frame, value, base, qualifiers[index], kind, sentence_status, period, period_end(period), place, code,
                    indicator, matched.id if matched else "",
                    {
                        "period": period_known,
                        "area": "literal" if place_known else "inherited",
                        "sector": "literal" if sure else "implied",
                    },
                )  # fmt: skip
            )
        self._naming = naming
        self._remember(found_times)
        return tuple(readings)

    def _context(self) -> Scores:
        if self._surroundings is None:
            paragraph = "".join(sentence.text for sentence in self._section.sentences)
            self._surroundings = self._sectors.context(paragraph, self._section.headings, self._section.agency)
        return self._surroundings

    def _remember(self, found: tuple[Time, ...]) -> None:
        """A span of years that opens a sentence (五年来, “十四五”期间) holds for the rest of its paragraph."""
        opening = [t for t in found if t.start <= 14 and "/" in t.period and len(t.period) == 9]
        if opening:
            self._paragraph_time = opening[0]

    def _status(self, frame: Frame, time: Time | None) -> Status:
        return status(frame, time, self._section.status, self._lean, self._anchor)

    def _period(self, time: Time | None, said: Status) -> tuple[str, Known]:
        if time is not None:
            if time.period == "P1Y" and not time.strong and said == "actual":
                return self._anchor.chapter or so_far(self._anchor), "inherited"
            if time.whole_year and said == "target" and time.period < str(self._anchor.year):
                return str(self._anchor.year), "inherited"
            if said == "actual" and time.period == str(self._anchor.year) and not self._section.period and self._anchor.month < 12:
                return so_far(self._anchor), "literal"
            return time.period, "literal"
        chapter = self._section.period
        if chapter and (said == "actual" or period_end(chapter) >= str(self._anchor.year)):
            return chapter, "inherited"
        return (so_far(self._anchor) if said == "actual" else str(self._anchor.year)), "implied"


_NO_TOPIC = re.compile(r"\s|[市省县区局厅旗州]长|主任|发言人|书记|进度|进展|回顾|安排|报告|情况|任务|目标|亮点|部署|要求|第[一二三四五六七八九十\d]+|\d|突破$|不断|高质量|全面|新的|发展$|提升$|展现|动能|迈上|[,，]")
_TOPIC_LEAD = re.compile("^(?:推进|推动|加快|加强|实施|开展|促进|持续|全面|大力|着力|深入|建设|抓好|做好|切实|积极|进一步|扎实)+")
_TOPIC_TAIL = re.compile("(?:工程项目|工程|工作|方面|行动|计划)$")


def _topic(section: Section) -> str:
    """The innermost heading that names a thing (棚户区改造, 幼儿园建设), not an aim; empty where none does."""
    for heading in reversed(section.headings):
        words = _TOPIC_LEAD.sub("", re.sub("[“”]", "", heading))
        if 3 <= len(words) <= 14 and not _NO_TOPIC.search(words):
            plain = _TOPIC_TAIL.sub("", words)
            return plain if len(plain) >= 4 else words
    return ""


def _measures(frames: tuple[Frame, ...]) -> list[Measure]:
    """Each frame's measure; one that depends on its neighbours takes the one before in the same list."""
    decided: list[Measure] = []
    for index, frame in enumerate(frames):
        own = measure(frame)
        if own is None:
            own = decided[index - 1] if index and _same_list(frames[index - 1], frame) else None
            if own == "level":
                own = None
        decided.append(own or ("share" if frame.quantity.base_unit in ("%", "‰") else "level"))
    for index, frame in enumerate(frames):
        if decided[index] == "level" and _COMPARED_WITH.search(frame.before):
            decided[index] = "baseline"
    for index in range(len(frames) - 1):
        if _is_baseline(frames[index], frames[index + 1]):
            decided[index] = "baseline"
            if decided[index + 1] == "growth" and frames[index + 1].quantity.base_unit != "个百分点":
                decided[index + 1] = "share" if frames[index + 1].quantity.base_unit == "%" else "level"
    return decided


def _same_list(first: Frame, second: Frame) -> bool:
    gap = first.sentence[first.quantity.tail : second.quantity.start]
    return bool(_LIST_GAP.match(gap)) or first.quantity.base_unit == second.quantity.base_unit


def _is_baseline(first: Frame, second: Frame) -> bool:
    between = first.sentence[first.quantity.tail : second.quantity.start]
    if len(between) > 18 or re.search("[。;；]", between) or not _BASELINE_TO.search(between):
        return False
    return bool(_BASELINE_FROM.search(first.sentence[max(0, first.quantity.start - 26) : first.quantity.start]))


def _qualifiers(frames: tuple[Frame, ...]) -> list[Qualifier]:
    """Each frame's qualifier; the one that closes a 分别 list counts for the whole list."""
    decided = [qualifier(frame) for frame in frames]
    for index in range(len(frames) - 2, -1, -1):
        first, second = frames[index], frames[index + 1]
        gap = first.sentence[first.quantity.tail : second.quantity.start]
        led = "分别" in first.sentence[max(0, first.quantity.start - 20) : first.quantity.start] or (
            index and decided[index] == "eq" and "分别" in first.before
        )
        if decided[index] == "eq" and decided[index + 1] != "eq" and re.fullmatch("[、,，和与及]", gap) and led:
            decided[index] = decided[index + 1]
    return decided


def _value(frame: Frame, kind: Measure, declines: bool) -> Decimal:
    q = frame.quantity
    if kind == "growth" and declines and q.value > 0:
        return -q.value
    return q.value


def _time(frame: Frame, found: tuple[Time, ...]) -> Time | None:
    """The nearest time before the number, an explicit one first; in brackets, their own; else one that follows in the clause."""
    start = frame.quantity.start
    passed = frame.previous.tail if frame.previous else 0
    before = [t for t in found if t.end <= start and not (t.origin and t.end <= passed) and (t.period != "P1Y" or t.strong or t.start >= frame.clause)]
    earlier = [t for t in before if frame.bracket < 0 or t.start > frame.bracket] or before
    outside = [t for t in earlier if not _bracketed(frame, t)]
    earlier = outside or earlier
    if earlier:
        strong = [t for t in earlier if t.strong]
        last = earlier[-1]
        if not last.strong and strong and strong[-1].end >= frame.clause:
            return strong[-1]
        return last
    later = [t for t in found if t.start >= frame.quantity.tail and t.end <= frame.right_end]
    return later[0] if later and later[0].strong else None


def _bracketed(frame: Frame, time: Time) -> bool:
    """Whether a time stands in a bracket that was closed before the number."""
    opened = max(frame.sentence.rfind("(", 0, time.start), frame.sentence.rfind("（", 0, time.start))
    if opened < 0 or opened == frame.bracket:
        return False
    closes = [i for i in (frame.sentence.find(")", opened), frame.sentence.find("）", opened)) if i >= 0]
    return bool(closes) and time.end <= min(closes) < frame.quantity.start


def _base_unit(frame: Frame) -> str:
    q = frame.quantity
    if not q.base_unit and q.unit and (_PEOPLE.match(frame.right) or re.search("人口(?:达到?|约|为|近|超过?|有)*$", frame.left)):
        return "人"
    return q.base_unit


