"""One sentence's quantities -> readings: each field decided by its own rule, neighbours helping neighbours.

Fields are decided in the order in which they lean on each other: measure, qualifier, name, time, status, area, sector.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.extract.areas import Mention, area, is_place_alone, mentions, openings
from reportgen.extract.frame import Frame
from reportgen.extract.ground import Ground
from reportgen.extract.measures import is_decline, measures
from reportgen.extract.names import Naming, Place, name
from reportgen.extract.periods import Anchor, Time, period_end, times
from reportgen.extract.qualifiers import qualifiers
from reportgen.extract.sectors import Scores, SectorReader, Words, within
from reportgen.extract.status import Lean, status
from reportgen.extract.topics import topic
from reportgen.extract.when import at_the_end, goes_on_to, goes_on_with, opening, opens_paragraph, period_of, time_of
from reportgen.model import Known, Measure, Qualifier, Section, Sentence, Source, Status
from reportgen.vocabulary import Vocabulary
from reportgen.vocabulary.grammar import alternatives

# between two numbers these end what was said of one county
_OTHER_PLACE = re.compile("[;；。全我各其](?:(?<=[;；。])|(?<=全)[市省区县]|(?<=我)[市省]|(?<=各)地|(?<=其)他)")
# 8.8万|农村贫困人口, 16万|建档立卡贫困人口
_PEOPLE = re.compile(
    f"{alternatives('people_kinds')}*(?:(?![吸带惠培服帮发投])[一-龥]){{0,5}}?{alternatives('people_kinds')}*"
    f"{alternatives('people')}(?![类均比])"
)
_POPULATION = re.compile("(?:人口|人数|人才(?:总量|总数))(?:达到?|约|为|近|超过?|有|至|净?增加?|多)*$")
# 工业总产值4.2亿: money, though no 元 is printed
_MONEY = re.compile(
    "(?:产值|增加值|生产总值|总投资|投资额|零售额|销售额|交易额|成交额|纯收入|财政收入|税收)(?:达到?|约|为|近|超过?|至)*$"
)
_LIST_MARKS = " 、和与及"
_LIST_MARKS_AND_COMMAS = " 、,，和与及"


@dataclass(slots=True, eq=False)
class Reading:
    """A figure before it gets its place in the source. Nothing writes to it once it is made, as with `Frame`."""

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
    known: dict[str, Known]


@dataclass(slots=True)
class _Run:
    """One sentence while it is read: what it names, and what its numbers hand on to the next of them."""

    sentence: Sentence
    times: tuple[Time, ...]
    named: tuple[Mention, ...]
    places: tuple[Place, ...]
    ground: str = ""
    """The place in which the whole sentence happens, empty for the document's own."""
    own: tuple[int, ...] = ()
    """Where the document's own place opens a clause."""
    declines: bool = False
    place: str = ""
    said: Status | None = None
    last: tuple[str, str, bool] = ("", "", False)
    """Name and sector of the figure before, and whether the sector is sure."""


class SentenceReader:
    """Reads the sentences of one section in order; what opens a paragraph is remembered for the rest of it."""

    def __init__(
        self,
        source: Source,
        section: Section,
        anchor: Anchor,
        lean: Lean,
        vocabulary: Vocabulary,
        sectors: SectorReader,
        carried: Time | None = None,
        paragraph: Time | None = None,
    ) -> None:
        """`lean` tells what the speech mostly speaks of; the anchor's chapter is the section's period.

        `carried` is the past time that the text before goes on to speak of, `paragraph` the span that heads the list.
        """
        self._source, self._section, self._anchor, self._lean = source, section, anchor, lean
        self._vocabulary, self._sectors = vocabulary, sectors
        self._topic = topic(section)
        self._context: Scores | None = None
        self._words: dict[int, Words] = {}
        self._said: dict[int, Scores] = {}
        self._naming = Naming()
        self.paragraph = paragraph
        self.carried = carried
        self._planned: Time | None = None
        self._ground = Ground(vocabulary.divisions.by_code.get(source.area_code), vocabulary)

    def read(self, sentence: Sentence, frames: tuple[Frame, ...]) -> tuple[Reading, ...]:
        """A reading per frame."""
        if not frames:
            if "年" in sentence.text:
                self._remember(sentence, opening(times(sentence.text, self._sentence_anchor())))
            return ()
        found = times(sentence.text, self._sentence_anchor())
        scanned = self._vocabulary.divisions.scan(sentence.text, self._source.area_code)
        named = mentions(sentence.text, scanned, self._source.area_code)
        own = self._source.area_code
        places = tuple((m[0], m[1]) for m in scanned if is_place_alone(sentence.text, m, own))
        run = _Run(sentence, found, named, places, self._ground.of(sentence.text, scanned, named))
        run.own = openings(sentence.text, scanned, self._source.area_code)
        self._naming = self._naming.next_sentence()
        kinds = zip(frames, measures(frames), qualifiers(frames), strict=True)
        readings = tuple(self._reading(frame, kind, bound, run) for frame, kind, bound in kinds)
        self._remember(sentence, found)
        return readings

    def _remember(self, sentence: Sentence, found: tuple[Time, ...]) -> None:
        """Keep the times of a sentence that hold for those after it."""
        if not found:
            return
        first = sentence.start == self._section.sentences[0].start
        self.paragraph = opens_paragraph(found, self._anchor.chapter, first=first) or self.paragraph
        self.carried = goes_on_with(sentence.text, found, self._anchor, self.carried)
        self._planned = goes_on_to(sentence.text, found, self._anchor, self._planned)

    def _reading(self, frame: Frame, kind: Measure, bound: Qualifier, run: _Run) -> Reading:
        indicator, self._naming = name(frame, kind, self._topic, run.places, self._naming)
        time = time_of(frame, run.times)
        if time is None or (time.period == "P1Y" and not time.strong):
            time = self.paragraph or time  # 五年来，…年均增长5.9%
        said = run.said = status(frame, time, self._section.status, self._lean, self._anchor, run.said)
        if time is None and not self._section.period:
            time = self.carried if said == "actual" else self._planned
        period, period_known = period_of(time, said, self._anchor, self._section.period)
        if kind in ("level", "share"):
            period = at_the_end(period, said, frame.left)
        place, place_known = self._place(frame, run)
        base = "" if kind == "rank" else _base_unit(frame)
        matched = self._vocabulary.match_indicator(indicator, base, kind)
        # one canonical indicator, one sector, so that its figures meet in one table
        if matched:
            code, sure = matched.sector, True
        elif indicator != run.last[0]:
            code, sure = self._sector(run.sentence, frame, indicator)
        else:
            _, code, sure = run.last  # the growth of what was just told
        run.last = indicator, code, sure
        return Reading(
            frame=frame,
            value=_value(frame, kind, run),
            base_unit=base,
            qualifier=bound,
            measure=kind,
            status=said,
            period=period,
            period_end=period_end(period),
            area=place,
            sector=code,
            indicator=indicator,
            indicator_id=matched.id if matched else "",
            known={
                "period": period_known,
                "area": "literal" if place_known else "inherited",
                "sector": "literal" if sure else "implied",
            },
        )

    def _sentence_anchor(self) -> Anchor:
        """The anchor with the span that opened the paragraph, where no chapter gives one, and the year told of last."""
        if self._anchor.chapter:
            return self._anchor
        if self.paragraph:
            return replace(self._anchor, chapter=self.paragraph.period)
        end = period_end(self.carried.period) if self.carried else ""
        return replace(self._anchor, told=int(end[:4] or 0), in_months=len(end) > 4) if end else self._anchor

    def _place(self, frame: Frame, run: _Run) -> tuple[str, bool]:
        """The figure's own place, or the county that the number before spoke of, until another is named."""
        place, known = area(frame, self._source.area, run.named, self._vocabulary)
        if not known and run.place and not _turns(frame, run):
            place = run.place
        elif not known and run.ground:
            return run.ground, False
        run.place = place if place != self._source.area else ""
        return place, known

    def _sector(self, sentence: Sentence, frame: Frame, indicator: str) -> tuple[str, bool]:
        """The sector by the figure's name, its clause, the sentence and the section; counted when first needed."""
        if self._context is None:
            self._words = {each.start: self._sectors.words(each.text) for each in self._section.sentences}
            together = tuple(word for words in self._words.values() for word in words)
            self._context = self._sectors.context(together, self._section.headings, self._section.agency)
        words = self._words[sentence.start]
        if sentence.start not in self._said:
            self._said = {sentence.start: self._sectors.sentence(words, self._context)}
        clause = within(words, frame.clause, frame.right_end)
        return self._sectors.sector(indicator, clause, self._said[sentence.start])


def _turns(frame: Frame, run: _Run) -> bool:
    """Whether between the number before and this one the sentence turns from the county that was spoken of."""
    since, start = frame.previous.tail if frame.previous else 0, frame.quantity.start
    return bool(_OTHER_PLACE.search(frame.sentence, since, start)) or any(since <= at < start for at in run.own)


def _value(frame: Frame, kind: Measure, run: _Run) -> Decimal:
    """The value, negative where the words say that it declined; a list (分别下降5%、3%) declines throughout."""
    own = is_decline(frame.left)
    if not own and kind == "growth" and not frame.left.strip(_LIST_MARKS):
        own = is_decline(frame.before)
    run.declines = own or (run.declines and not frame.left.strip(_LIST_MARKS_AND_COMMAS))
    value = frame.quantity.value
    return -value if kind == "growth" and run.declines and value > 0 else value


def _base_unit(frame: Frame) -> str:
    """The unit; a bare count beside people is 人 (51万就业困难人员, 常住人口281万), of output 元 (产值4.2亿)."""
    q = frame.quantity
    if q.base_unit or not q.unit:
        return q.base_unit
    if _PEOPLE.match(frame.right) or _POPULATION.search(frame.left):
        return "人"
    return "元" if "亿" in q.unit and _MONEY.search(frame.left) else ""
