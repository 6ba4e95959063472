"""Briefings of any size and of any names: 8 or 280 figures, one area, no sector, markup and emoji, endless cells.

Every case goes the whole way into PDF, Word and html, and all three say the same.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

import pdfplumber
import pytest
from gold_briefings import TEMPLATES, briefing_of
from gold_rows import SOURCES, gold_figures
from printed_text import docx_text, html_text, pdf_text, squeezed

from reportgen import charts
from reportgen.errors import ReportgenError
from reportgen.house import load_house
from reportgen.model import Briefing, Cards, Chart, Comparisons, Figure, Heading, Picture, Source, Table
from reportgen.render import docx, html, pdf
from reportgen.summary import mark_key
from reportgen.vocabulary import load

HOUSE = load_house(TEMPLATES / "house.toml")
GOLD = [figure for figure in gold_figures() if figure.doc.startswith("000")]
SECTORS = load().sectors
LONG_CITY = "某某土家族苗族侗族布依族仡佬族彝族傈僳族纳西族景颇族阿昌族德昂族自治县市"
ODD_CITY = "A&B<i>%$#{x}{{ 7 }}😀市"


def sized(count: int, city: str = "朝阳市") -> tuple[list[Figure], dict[str, Source]]:
    """`count` figures of one city's document, all sectors in turn once the gold figures are used up."""
    figures = []
    codes = cycle(sector.code for sector in SECTORS)
    for number, figure in enumerate(islice(cycle(GOLD), count)):
        again = number >= len(GOLD)
        changes = {"id": f"f{number}", "start": number, "indicator": f"{figure.indicator}之{number}"} if again else {}
        figures.append(replace(figure, area=city, **changes, **({"sector": next(codes)} if again else {})))
    return figures, {doc: replace(source, area=city) for doc, source in SOURCES.items() if doc == GOLD[0].doc}


def built(figures: Sequence[Figure], sources: dict[str, Source], subject: str, kind: str = "city") -> Briefing:
    marked = mark_key(figures)
    growth = charts.describe_growth(marked)
    pictures = []
    if growth:
        drawing = charts.draw(growth, HOUSE)
        pictures.append(Picture(growth, drawing, charts.png(growth, HOUSE), 0))
    return briefing_of(
        kind,
        subject,
        figures=marked,
        sources=sources.values(),
        comparisons=Comparisons(),
        pictures=pictures,
        sectors=SECTORS,
    )


def printed(briefing: Briefing) -> tuple[str, list[str]]:
    """The text that all formats share, and that of every PDF page."""
    data = pdf.render(briefing, HOUSE)
    said = pdf_text(data)
    missing = pdf.missing_glyphs(briefing)
    for text in (
        docx_text(docx.render(briefing, HOUSE, template=TEMPLATES / "house.docx")),
        html_text(html.render(briefing, HOUSE)),
    ):
        for character in missing:
            text = text.replace(character, "〓")
        assert text == said
    with pdfplumber.open(io.BytesIO(data)) as document:
        return said, [squeezed("".join(char["text"] for char in page.chars)) for page in document.pages]


@pytest.mark.parametrize("count", [8, 60, 280])
def test_a_city_of_any_size_looks_right(count: int) -> None:
    figures, sources = sized(count)
    briefing = built(figures, sources, "朝阳市")
    said, pages = printed(briefing)
    assert f"共{count}项数据" in said
    assert "读法" in pages[0] and "读法" not in "".join(pages[1:])
    cards = [block for block in briefing.blocks if isinstance(block, Cards)]
    assert 4 <= sum(len(block.cards) for block in cards) <= 6
    assert all(1 <= len(block.rows) <= 18 for block in briefing.blocks if isinstance(block, Table))
    for block, following in zip(briefing.blocks, briefing.blocks[1:], strict=False):
        assert not (isinstance(block, Heading) and isinstance(following, Heading)), f"{block.text} is empty"
    assert len(pages) <= (3 if count == 8 else 14)


def test_a_sector_of_one_area_does_not_compare() -> None:
    figures, sources = sized(40)
    said, _ = printed(built(figures, sources, "education", "sector"))
    assert "一地公布" in said and "对照" not in said and "最高" not in said


def test_figures_without_sector_are_counted_and_break_nothing() -> None:
    figures, sources = sized(30)
    lost = [replace(figure, sector="") if number % 3 else figure for number, figure in enumerate(figures)]
    said, _ = printed(built(lost, sources, "朝阳市"))
    assert "共30项数据" in said
    nowhere = [replace(figure, sector="") for figure in figures]
    said, _ = printed(built(nowhere, sources, "朝阳市"))
    assert "共30项数据" in said and "一、其他" in said


def test_counties_in_several_documents_of_one_city_are_counted_for_the_city() -> None:
    """The month's table counts them under their city: a sum that no document, area or status says by itself."""
    figures, sources = sized(91)
    later = "later.txt"
    sources[later] = replace(sources[GOLD[0].doc], doc=later, published=date(2023, 9, 20))
    counties = [replace(figure, area="北票市") if number % 2 else figure for number, figure in enumerate(figures)]
    figures = [replace(figure, doc=later) for figure in counties[:40]] + counties[40:]
    other = next(doc for doc in SOURCES if doc.startswith("001"))
    sources[other] = SOURCES[other]
    figures += [figure for figure in gold_figures() if figure.doc == other][:7]
    alike = [replace(figure, sector="education", status="actual", agency="") for figure in figures]
    said, _ = printed(built(alike, sources, "2023-09", "monthly"))
    assert "教育91798" in said, "朝阳市 91, 鞍山市 7, together 98"


@pytest.mark.parametrize("city", [ODD_CITY, LONG_CITY])
def test_any_name_of_a_city_is_printed_as_it_is(city: str) -> None:
    figures, sources = sized(171, city)
    said, pages = printed(built(figures, sources, city))
    assert squeezed(city).replace("😀", "〓") in said
    assert "读法" in pages[0], "page 1 overflows"


def test_a_cell_of_6000_characters_is_cut_to_a_name() -> None:
    figures, sources = sized(20)
    endless = [replace(figure, indicator="名" * 6000 + str(number)) for number, figure in enumerate(figures)]
    said, pages = printed(built(endless, sources, "朝阳市"))
    assert "名" * 59 + "…" in said and "名" * 60 not in said
    assert "读法" in pages[0]


def test_a_chart_without_values_is_refused_and_none_is_described() -> None:
    assert charts.describe_growth([figure for figure in GOLD if figure.measure == "level"]) is None
    with pytest.raises(ReportgenError, match="nothing to draw"):
        charts.draw(Chart("empty", "bars", "", "", "", ()), HOUSE)
