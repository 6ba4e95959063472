"""The evidence page as a file: what is in it, that a source cannot break out of it, that it is always the same."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from desk_sample import desk, extraction
from hypothesis import given, settings
from hypothesis import strategies as st
from office import DOCUMENTS, Office, office

from reportgen import clean as cleaning
from reportgen.evidence import Desk, documents, render, served
from reportgen.evidence.places import Places
from reportgen.extract import exclusions
from reportgen.model import (
    Briefing,
    Document,
    Evidence,
    EvidenceEntry,
    OffsetMap,
    Paragraph,
    Problem,
    Rejected,
    Repair,
    Span,
)

__all__ = ["office"]
CITY, OTHER = DOCUMENTS
HOSTILE = "</script><script>alert(1)</script><!-- ]]> \u2028 \u202e12345人\u202c & <img src=x onerror=alert(1)> 𠮷"


class Parts(HTMLParser):
    """Elements and the text of scripts and styles, as a browser would take them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.metas: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None
        if tag == "meta":
            self.metas.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw.append((*self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def data_of(page: bytes) -> dict[str, Any]:
    found = next(text for tag, attrs, text in Parts(page.decode()).raw if attrs.get("id") == "data")
    values: dict[str, Any] = json.loads(found)
    return values


def row_of(data: dict[str, Any], number: int) -> dict[str, Any]:
    row = dict(zip(data["fields"], data["figures"][number], strict=True))
    return {name: data["texts"][value] if name in data["texts_in"] else value for name, value in row.items()}


def test_the_same_desk_gives_the_same_bytes() -> None:
    assert render(desk(2, 5)) == render(desk(2, 5))


def test_every_figure_stands_where_the_page_says() -> None:
    sample = desk(2, 4)
    data = data_of(render(sample))
    assert len(data["figures"]) == 8
    for number, figure in enumerate(sample.figures):
        row = row_of(data, number)
        text = data["documents"][row["doc"]]["text"]
        assert text[row["start"] : row["end"]] == figure.num
        assert text[row["start"] : row["tail"]] == figure.num + figure.unit
        assert (row["id"], row["area"], row["status"]) == (figure.id, figure.area, figure.status)
    assert [problem[0] for problem in data["problems"]] == ["doubt", "doubt"]
    mixed = tuple(Problem(severity, "x", severity) for severity in ("doubt", "error", "warning", "error"))
    sorted_ = data_of(render(replace(sample, problems=mixed)))["problems"]
    assert [problem[0] for problem in sorted_] == ["error", "error", "warning", "doubt"]


def test_a_mark_behind_a_figure_is_no_place_where_another_is_printed() -> None:
    sample = desk(1, 2)
    first, second = sample.figures
    spans = (Span("5人", "actual", first.id), Span("[1-2]", "mark", second.id, "e-1-2"))
    evidence = Evidence((), (EvidenceEntry("1-2", "e-1-2", (Span(first.sentence, "actual", first.id),)),))
    day = date(2023, 9, 13)
    briefing = Briefing("city", "甲市", "题", "甲市", "单位", day, "头", (Paragraph(spans), evidence), ())
    data = data_of(render(replace(sample, briefings={"cities/甲市": briefing})))
    assert row_of(data, 0)["places"] == [[0, "正文", "1-2"]]
    assert row_of(data, 1)["places"] == []


def test_scripts_and_styles_are_admitted_by_hash_and_nothing_else_is() -> None:
    parts = Parts(render(desk()).decode())
    policy = next(meta["content"] or "" for meta in parts.metas if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "connect-src 'none'" in policy
    for tag, attrs, text in parts.raw:
        assert "src" not in attrs
        if attrs.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{'script' if tag == 'script' else 'style'}-src 'sha256-{digest}'" in policy
    assert not {"link", "iframe", "object", "base", "img"} & set(parts.tags)


def with_text(text: str) -> Desk:
    """A desk whose document, title, file name and indicator hold `text`."""
    whole = extraction(0, 2, title=text)
    assert whole.document is not None
    body = f"{text}\n{whole.document.text}"
    name = f"{text}.txt"
    shift = len(text) + 1
    figures = tuple(
        replace(item, doc=name, indicator=text, start=item.start + shift, sentence_start=item.sentence_start + shift)
        for item in whole.figures
    )
    document = replace(whole.document, name=name, text=body, raw=body, repairs=(Repair("x", 0, 1, text, text),))
    rejected = (Rejected(name, 0, 1, text[:1], text),)
    moved = replace(
        whole,
        source=replace(whole.source, doc=name),
        document=document,
        figures=figures,
        rejected=rejected,
        problems=(),
    )
    return replace(desk(), extractions=(moved,), figures=figures, problems=())


@settings(deadline=None, max_examples=30)
@given(st.one_of(st.just(HOSTILE), st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=30)))
def test_a_source_cannot_break_out_of_its_json(text: str) -> None:
    page = render(with_text(text))
    plain = Parts(render(desk()).decode())
    parts = Parts(page.decode())
    assert parts.tags == plain.tags
    data = data_of(page)
    shown = text.encode("utf-8", "replace").decode()
    assert data["documents"][0]["text"].startswith(shown) and data["documents"][0]["title"] == shown
    assert row_of(data, 0)["indicator"] == shown
    units = data["documents"][0]["text"].encode("utf-16-le")
    row = row_of(data, 1)
    assert units[2 * row["start"] : 2 * row["end"]].decode("utf-16-le") == row["num"]


def test_every_fix_and_every_rule_has_a_chinese_name() -> None:
    assert {fix.__name__ for fix in cleaning.FIXES} <= documents.FIXES.keys()
    assert {rule.__name__ for rule in exclusions.RULES} <= documents.RULES.keys()


def test_repairs_show_what_stood_there_and_what_we_read() -> None:
    raw, text = "堅(jiān)持𠮷 12 萬人", "坚持𠮷12万人"
    offsets = OffsetMap((0, 1, 3, 5), (0, 7, 10, 13))
    repairs = (
        Repair("drop_pinyin", 1, 7, "(jiān)", ""),
        Repair("to_simplified", 0, 1, "堅", "坚"),
        Repair("close_up", 9, 10, " ", ""),
        Repair("to_simplified", 13, 14, "萬", "万", True),
    )
    document = Document("a.txt", "0" * 64, "text/plain", "utf-8", raw, text, offsets, repairs)
    places = Places(document)
    assert places.stretch(0, 7) == (0, 1) and places.stretch(1, 7) == (1, 1)
    assert places.number(10, 2) == (4, 6), "𠮷 counts twice"
    shown = replace(desk(), extractions=(replace(extraction(0, 1), document=document, figures=()),), figures=())
    found = data_of(render(replace(shown, problems=())))["documents"][0]["repairs"]
    assert found == [[0, 1, "堅(jiān)", "繁体转简体、去除注音", 0, 0], [6, 7, "萬", "繁体转简体", 0, 1]]
    long = replace(
        document, raw="页" * 500 + raw, offsets=OffsetMap((0,), (500,)), repairs=(Repair("x", 0, 500, "", ""),)
    )
    shown = replace(desk(), extractions=(replace(extraction(0, 1), document=long, figures=()),), figures=())
    (repair,) = data_of(render(replace(shown, problems=())))["documents"][0]["repairs"]
    assert repair[2] == "页" * 400 + "……"


def test_a_served_page_may_speak_to_its_server_alone() -> None:
    page = render(desk())
    live = served(page, {"token": "</script>", "who": "张三", "file": "f", "lines": []})
    assert b"connect-src 'self'" in live and b"connect-src 'none'" not in live[:4096]
    assert len(Parts(live.decode()).tags) == len(Parts(page.decode()).tags)
    for other in (b"<html></html>", page + b'<script type="application/json" id="review">null</script>'):
        with pytest.raises(ValueError, match="no evidence page"):
            served(other, {})


def test_an_issue_has_its_page_with_places_and_numbers(office: Office) -> None:
    assert office.run("build", "--format", "pdf,docx,html")[0] == 0
    tree = office.tree()
    data = data_of(tree["2023-09/evidence.html"])
    rows = [row_of(data, number) for number in range(len(data["figures"]))]
    assert {data["documents"][row["doc"]]["name"] for row in rows} == {CITY, OTHER}
    paths = [briefing["path"] for briefing in data["briefings"]]
    city = data["briefings"][paths.index("cities/朝阳市")]
    assert set(city["files"]) == {f"cities/朝阳市.{suffix}" for suffix in ("pdf", "docx", "html")}
    jobs = next(row for row in rows if row["num"] == "12549")
    place = next(place for place in jobs["places"] if place[0] == paths.index("cities/朝阳市"))
    number = next(entry for entry in city["entries"] if entry[0] == place[2])
    assert rows.index(jobs) in number[1] and "本期要点" in place[1]
    links = re.findall(r'href="\.\./evidence\.html#(f[0-9a-f]{12})"', tree["2023-09/cities/朝阳市.html"].decode())
    assert links and set(links) <= {row["id"] for row in rows}
    shown = [item for briefing in data["briefings"] for item in briefing["shown"]]
    assert {item["kind"] for item in shown} >= {"table"}
    assert all(item["chart"] in data["charts"] for item in shown if item["kind"] == "chart")


def test_one_briefing_alone_leaves_the_page_as_it_was(office: Office) -> None:
    office.run("build")
    before = office.tree()["2023-09/evidence.html"]
    assert office.run("build", "--area", "朝阳市", "--force")[0] == 0
    assert office.tree()["2023-09/evidence.html"] == before


def test_nothing_of_its_own_box_stands_behind_a_figure() -> None:
    """A line could begin with the full stop behind it: a box is where a browser may always break."""
    style = re.search("<style>(.*?)</style>", render(desk(1, 1)).decode(), re.DOTALL)
    assert style
    rules = re.findall(r"([^{}]*[.]fig[^{}]*)[{]([^{}]*)[}]", style[1])
    assert any("::after" in selector for selector, _ in rules)
    assert not [rule for selector, rule in rules if "::" in selector and re.search("inline-(block|flex|grid)", rule)]
    assert any(".whole" in selector and "nowrap" in rule for selector, rule in rules)
