"""A desk as large as wanted: documents, figures and briefings made from one sentence, for speed and for bytes."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from reportgen import vocabulary
from reportgen.evidence import Desk
from reportgen.model import Document, Extraction, Figure, OffsetMap, Problem, Repair, Source

AREAS = ("朝阳市", "阜新市", "鞍山市", "承德市", "辽宁省")


def figure(document: Document, name: str, text: str, start: int, number: int) -> Figure:
    """The first number of the sentence at `start`."""
    sentence = text[start : text.index("。", start) + 1]
    at = next(place for place, character in enumerate(sentence) if character.isdigit())
    num = "".join(character for character in sentence[at : at + 6] if character.isdigit())
    codes = [sector.code for sector in vocabulary.load().sectors]
    return Figure(
        id="f" + hashlib.sha256(f"{document.sha256}:{start + at}".encode()).hexdigest()[:12],
        doc=name,
        start=start + at,
        end=start + at + len(num),
        num=num,
        unit="人",
        value=Decimal(num),
        base_unit="人",
        value_high=None,
        qualifier="eq",
        measure=("level", "growth")[number % 7 == 0],
        status=("actual", "target")[number % 3 == 0],
        period="2023-01/2023-08",
        period_end="2023-08",
        area=AREAS[number % len(AREAS)],
        sector=codes[number % len(codes)],
        indicator="城镇新增就业",
        indicator_id="urban_new_jobs",
        key=number % 9 == 0,
        agency="市人力资源和社会保障局",
        section="一、就业",
        sentence=sentence,
        sentence_start=start,
        mark=(at, at + len(num) + 1),
        known={"value": "literal", "period": "inherited", "sector": "implied"},
    )


def extraction(number: int, figures: int, *, title: str = "") -> Extraction:
    """A document of `figures` paragraphs with one figure each."""
    name = f"{number:03}.txt"
    filler = "坚持以人民为中心的发展思想，扎实做好各项工作，群众获得感不断增强，" * 2
    lines = [f"{filler}全市城镇新增就业{10000 + number * 200 + line}人，同比有所增长。" for line in range(figures)]
    text = "\n".join(lines) + "\n"
    document = Document(
        name, hashlib.sha256(name.encode()).hexdigest(), "text/plain", "utf-8", text, text, OffsetMap(),
        (Repair("to_simplified", 0, 1, "堅", "坚"),),
    )  # fmt: skip
    published = date(2023, 1 + number % 9, 1 + number % 28)
    source = Source(name, document.sha256, title or f"新闻发布会第{number}场", AREAS[number % 5], "2113", published,
                    "literal", "literal")  # fmt: skip
    found, start = [], 0
    for line in lines:
        found.append(figure(document, name, text, start, len(found)))
        start += len(line) + 1
    doubt = Problem("doubt", "far-apart", "相差很大，请核对单位。", name, found[0].start, found[0].end, (found[0].id,))
    return Extraction(source, tuple(found), (), (doubt,), document)


def desk(documents: int = 1, figures: int = 3) -> Desk:
    """A desk of `documents` documents with `figures` figures each."""
    extractions = tuple(extraction(number, figures) for number in range(documents))
    return Desk(
        month="2023-09",
        extractions=extractions,
        figures=tuple(figure for extraction in extractions for figure in extraction.figures),
        problems=tuple(problem for extraction in extractions for problem in extraction.problems),
        changes=(),
        briefings={},
        files={},
        vocabulary=vocabulary.load(),
    )
