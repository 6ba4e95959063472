"""Edited drafts: no word of a person is lost, values follow the sources, every answer is the editor's."""

from __future__ import annotations

import copy
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from draft_edits import Person
from draft_promises import DATE, texts
from draft_scripts import answered
from draft_versions import base, edited, faults, merged, updated, with_value, word
from lxml import etree
from word_sample import BLOCKS, EMPLOYMENT, HEALTH, actual, mark, s, with_number

from reportgen.drafts import merge
from reportgen.drafts.document import open_draft
from reportgen.drafts.lines import AUTHOR
from reportgen.model import Block, Evidence, EvidenceEntry, Heading, Paragraph, Picture, Span
from reportgen.ooxml import qn, read_package, write_package
from reportgen.pipeline.diff import told


def test_nothing_new_changes_no_byte() -> None:
    theirs = edited("；扶持创业", "；大力扶持创业")
    assert merge(base(), theirs, base(), date=DATE).data == theirs


def test_a_rewritten_sentence_keeps_its_words_and_gets_the_new_value(tmp_path: Path) -> None:
    theirs = edited("全市新增就业", "一至九月，全市实现新增就业")
    result = merge(base(), theirs, with_value("12600人"), date=DATE)
    data = merged(result)
    assert "一至九月，全市实现新增就业12600人，比上年同期增长17%" in "".join(texts(data, accept=True))
    assert texts(data, accept=False, author=AUTHOR) == texts(theirs, accept=False, author=AUTHOR)
    assert {(change.old, change.new) for change in result.report.figures} == {("12549人", "12600人")}
    assert not result.report.conflicts
    assert faults(data, tmp_path) == []


def test_a_sentence_changed_on_both_sides_stays_and_gets_a_comment(tmp_path: Path) -> None:
    theirs = edited("中医重点专科", "国家级中医重点专科")
    fresh = Paragraph(s("全年力争新建", *HEALTH.spans[1:]))
    result = merge(base(), theirs, updated(HEALTH, fresh), date=DATE)
    data = merged(result)
    assert texts(data, accept=True) == texts(theirs, accept=True)
    note = read_package(data, where="")["word/comments.xml"].decode()
    assert "全年力争新建10个临床重点专科" in note
    assert "年内力争建设10个临床重点专科……" in note
    assert "reportgen" in note
    assert faults(data, tmp_path) == []


def test_of_two_sentences_side_by_side_one_is_theirs_and_one_is_ours() -> None:
    def said(first: str, second: str) -> bytes:
        return word(Paragraph(s(f"{first}招生工作平稳。{second}学位供给充足。")), *BLOCKS)

    old = said("今年", "目前")
    result = merge(old, edited("今年招生", "今年秋季招生", old), said("今年", "截至9月"), date=DATE)
    assert "今年秋季招生工作平稳。截至9月学位供给充足。" in texts(merged(result), accept=True)
    assert not result.report.conflicts


def test_the_value_of_another_figure_never_comes_into_a_sentence_of_a_person() -> None:
    spring = s("1—8月，接待游客", actual("1661万人次", "v-8"), "，同比增长", actual("145%", "g-8"), "。")
    autumn = s("1—9月，接待游客", actual("1902万人次", "v-9"), "，完成任务的", actual("94%", "t-9"), "。")
    # The same figures in another order, and the first one printed as a share: what stands at its place is not it.
    shares = s("1—8月，增速", actual("145%", "g-8"), "，游客占全省", actual("12%", "v-8"), "。")
    old = word(Paragraph(spring), *BLOCKS)
    copied = "".join(text for text in texts(old, accept=True) if text.startswith("1—8月"))
    for later in (autumn, shares):
        theirs = edited("，同比增长", "，比去年同期猛增", old)
        result = merge(old, theirs, word(Paragraph(later), *BLOCKS), date=DATE)
        assert copied.replace("同比增长", "比去年同期猛增") in texts(merged(result), accept=True)
        assert not result.report.figures
        assert [conflict.new for conflict in result.report.conflicts] == ["".join(span.text for span in later)]


def test_what_goes_on_behind_a_semicolon_is_of_the_same_month() -> None:
    def month(number: int, visitors: str, growth: str) -> bytes:
        figures = actual(visitors, f"v-{number}"), actual(growth, f"g-{number}")
        said = s(f"1—{number}月，接待游客", figures[0], "；同比增长", figures[1], mark("1-10"), "；景区平稳运行。")
        return word(Paragraph(said), *BLOCKS)

    old, new = month(8, "1661万人次", "145%"), month(9, "1902万人次", "139%")
    data = merged(merge(old, edited("，接待游客", "，全市接待游客", old), new, date=DATE))
    assert "1—8月，全市接待游客1661万人次；同比增长145%[1-10]；景区平稳运行。" in texts(data, accept=True)


def test_a_paragraph_that_tells_of_a_time_keeps_its_values_with_it() -> None:
    def month(number: int, visitors: str) -> bytes:
        said = s(f"1—{number}月，旅游市场平稳。接待游客", actual(visitors, f"v-{number}"), mark("1-10"), "。")
        return word(Paragraph(said), *BLOCKS)

    old, new = month(8, "1661万人次"), month(9, "1902万人次")
    result = merge(old, edited("旅游市场平稳", "旅游市场有序", old), new, date=DATE)
    assert "1—8月，旅游市场有序。接待游客1661万人次[1-10]。" in texts(merged(result), accept=True)
    assert [conflict.new for conflict in result.report.conflicts] == ["1—9月，旅游市场平稳。接待游客1902万人次[1-10]。"]


def test_a_figure_copied_into_a_paragraph_of_ones_own_follows_too() -> None:
    person = Person(base(), random.Random(0))
    paragraph = next(p for p in person.paragraphs() if "全市新增就业12549人" in "".join(p.itertext()))
    made = etree.Element(qn("p"))
    made.append(copy.deepcopy(next(paragraph.iter(qn("sdt")))))
    paragraph.addnext(made)
    data = merged(merge(base(), person.data(), with_value("12600人"), date=DATE))
    assert "12600人" in texts(data, accept=True)


def test_a_paragraph_that_lost_its_links_but_says_what_we_wrote_gets_the_new_value() -> None:
    person = Person(base(), random.Random(0))
    person.chance.random = lambda: 0.0  # type: ignore[method-assign]
    person.lose_controls()
    person.lose_bookmarks()
    data = merged(merge(base(), person.data(), with_value("12600人"), date=DATE))
    shown = "".join(texts(data, accept=True))
    assert "全市新增就业12600人，比上年同期增长17%[1-10]；扶持" in shown


def test_what_a_person_deleted_stays_deleted() -> None:
    person = Person(base(), random.Random(0))
    gone = next(p for p in person.paragraphs() if "年内力争建设" in "".join(p.itertext()))
    gone.getparent().remove(gone)
    fresh = Paragraph(s("全年力争建设", *HEALTH.spans[1:]))
    result = merge(base(), person.data(), updated(HEALTH, fresh), date=DATE)
    assert "全年力争" not in "".join(texts(merged(result), accept=True))
    assert len(result.report.kept_deleted) == 1


def test_a_number_changed_by_hand_stays_and_the_new_value_is_a_comment() -> None:
    theirs = edited('<w:t xml:space="preserve">12549人</w:t>', "<w:t>一万二千余人</w:t>")
    data = merged(merge(base(), theirs, with_value("12600人"), date=DATE))
    assert "全市新增就业一万二千余人，" in "".join(texts(data, accept=True))
    assert "12600人" in read_package(data, where="")["word/comments.xml"].decode()


def test_a_table_of_contents_that_word_rebuilt_is_left_to_word() -> None:
    person = Person(base(), random.Random(0))
    entries = [p for p in person.root.iter(qn("p")) if p.find(f"{qn('pPr')}/{qn('pStyle')}").get(qn("val")) == "TOC1"]
    for entry in entries[1:]:
        entry.getparent().remove(entry)
    blocks = (*BLOCKS[:7], Heading(1, "〇、新章"), Paragraph(s("新章的一段。")), *BLOCKS[7:])
    result = merge(base(), person.data(), word(*blocks), date=DATE)
    assert texts(merged(result), accept=True).count("新章的一段。") == 1
    assert [text for text in texts(merged(result), accept=True) if text.startswith("〇、新章")] == ["〇、新章"]
    assert not result.report.kept_deleted


def test_comments_and_changes_of_people_stay_beside_ours(tmp_path: Path) -> None:
    first = edited("中医重点专科", "国家级中医重点专科")
    fresh = updated(HEALTH, Paragraph(s("全年力争新建", *HEALTH.spans[1:])))
    noted = merged(merge(base(), first, fresh, date=DATE))
    parts = read_package(noted, where="")
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(b"reportgen", "王某".encode())
    who = 'w:id="7777" w:author="王某" w:date="2023-09-20T08:00:00Z"'
    made = f"；</w:t></w:r><w:ins {who}><w:r><w:t>大力</w:t></w:r></w:ins><w:r><w:t>扶持创业"
    theirs = edited("；扶持创业", made, write_package(parts))
    newer = Paragraph(s("全年确保新建", *HEALTH.spans[1:]))
    blocks = [newer if block == HEALTH else with_number(block, "fig-10", "12600人") for block in BLOCKS]
    data = merged(merge(fresh, theirs, word(*blocks), date=DATE))
    comments = read_package(data, where="")["word/comments.xml"].decode()
    assert "全年力争新建" in comments
    assert "全年确保新建" in comments
    assert "；大力扶持创业" in "".join(texts(data, accept=True))
    assert 'w:author="王某"' in read_package(data, where="")["word/document.xml"].decode()
    assert faults(data, tmp_path) == []


def test_a_picture_follows_its_data() -> None:
    old = next(block for block in BLOCKS if isinstance(block, Picture))
    new = updated(old, Picture(old.chart, old.drawing, old.png + b"\0", old.number, old.sources, old.anchor))
    data = merged(merge(base(), edited("；扶持创业", "；大力扶持创业"), new, date=DATE))
    pictures = [name for name in read_package(data, where="") if name.startswith("word/media/")]
    assert len(pictures) == 2


def cited(figure: str) -> bytes:
    entry = EvidenceEntry("1-38", "s-1-38", (Span("年内力争建设"), Span("10个", "strong", figure)))
    return word(HEALTH, Evidence(s("[1]　实录。"), (entry,)))


def test_the_links_to_the_evidence_page_survive_and_follow_their_figure() -> None:
    theirs = edited("年内力争", "今年年内力争", cited("f1234"))
    assert merge(cited("f1234"), theirs, cited("f1234"), date=DATE).data == theirs
    parts = read_package(merged(merge(cited("f1234"), theirs, cited("f5678"), date=DATE)), where="")
    assert b'Target="../evidence.html" TargetMode="External"' in parts["word/_rels/document.xml.rels"]
    assert re.findall('r:id="rIdEvidencePage" w:anchor="([^"]*)"', parts["word/document.xml"].decode()) == ["f5678"]


def test_numbers_of_the_evidence_follow_unless_a_person_wrote_over_them() -> None:
    def listed(*texts_: str) -> bytes:
        entries = [EvidenceEntry(f"1-{n}", f"s-1-{n}", s(text)) for n, text in enumerate(texts_, 1)]
        cited = [Paragraph(s(f"{text[:2]}有据可查", mark(f"1-{texts_.index(text) + 1}"), "。")) for text in STATED]
        return word(EMPLOYMENT, *cited, Evidence(s("[1]　实录。"), tuple(entries)))

    old, new = listed(*STATED), listed("新列一句。", *STATED)
    theirs = edited("就业有据可查", "就业确有据可查", edited("[1-3]</w:t>", "[9-9]</w:t>", old))
    data = merged(merge(old, theirs, new, date=DATE))
    shown = texts(data, accept=True)
    cited = [text for text in shown if "有据可查" in text]
    assert cited == ["就业确有据可查[1-2]。", "养老有据可查[1-3]。", "低保有据可查[9-9]。"]
    changes = ["".join(change.itertext()) for change in open_draft(data, where="").root.iter(qn("ins"), qn("del"))]
    assert "".join(change for change in changes if not re.fullmatch("1-[1-4]", change)) == "[1-1]新列一句。"
    assert texts(data, accept=False) == texts(theirs, accept=True)
    # Whoever rejects the new numbers still gets those of the next version: else they would be another entry's.
    refused, later = answered(data, accept=False), listed("新列一句。", "又列一句。", *STATED)
    shown = texts(merged(merge(new, refused, later, date=DATE)), accept=True)
    cited = [text for text in shown if "有据可查" in text]
    assert cited == ["就业确有据可查[1-3]。", "养老有据可查[1-4]。", "低保有据可查[9-9]。"]
    entries = [text for text in shown if text.endswith(STATED)]
    assert entries == ["[1-3]\t就业稳定。", "[1-4]\t养老增长。", "[1-5]\t低保提标。"]


STATED = ("就业稳定。", "养老增长。", "低保提标。")


def test_a_kept_sentence_whose_evidence_is_no_longer_listed_does_not_lead_to_another() -> None:
    def listed(*texts_: str) -> tuple[Block, ...]:
        entries = [EvidenceEntry(f"1-{n}", f"s-1-{n}", s(text)) for n, text in enumerate(texts_, 1)]
        return (EMPLOYMENT, Evidence(s("[1]　实录。"), tuple(entries)))

    gone = Paragraph(s("双争标兵评出20人", mark("1-1"), "，机关事务管理有序。"))
    old, new = word(gone, *listed("评出20人。", "就业稳定。")), word(*listed("就业稳定。"))
    result = merge(old, edited("管理有序", "管理更加有序", old), new, date=DATE)
    draft = open_draft(merged(result), where="")
    leads = [slot.id for line in draft.lines for slot in line.slots if slot.text == "[1-1]" and "有序" in line.text]
    assert not set(leads) & {anchor for line in draft.lines for anchor in line.anchors if line.text}
    assert [conflict.new for conflict in result.report.conflicts] == ["出处[1-1]已不再列出。"]


def test_a_link_whose_path_an_editor_wrote_anew_leads_to_the_evidence_page_again() -> None:
    field = '<w:r><w:instrText xml:space="preserve"> HYPERLINK "../../evidence.html" \\l "{}"</w:instrText></w:r>'
    link = '<w:hyperlink r:id="rIdEvidencePage" w:anchor="f1234"'
    theirs = edited(link, f"{field.format('f1234')}{field.format('own')}{link}", cited("f1234"))
    parts = read_package(theirs, where="")
    links = parts["word/_rels/document.xml.rels"].replace(b'"../evidence.html"', b'"file:///D:/evidence.html"')
    theirs = write_package(parts | {"word/_rels/document.xml.rels": links})
    parts = read_package(merged(merge(cited("f1234"), theirs, cited("f5678"), date=DATE)), where="")
    assert b'Target="../evidence.html" TargetMode="External"' in parts["word/_rels/document.xml.rels"]
    codes = re.findall('HYPERLINK "([^"]*)" .l "([^"]*)"', parts["word/document.xml"].decode())
    assert codes == [("../evidence.html", "f5678"), ("../../evidence.html", "own")]


def test_what_stands_elsewhere_now_is_one_difference() -> None:
    at = BLOCKS.index(HEALTH)
    turned = word(*BLOCKS[:at], *BLOCKS[at + 1 : -3], BLOCKS[at], *BLOCKS[-3:])
    report = merge(base(), edited("；扶持创业", "；大力扶持创业"), turned, date=DATE).report
    lines = [line.split(":")[0] for line in told(report)]
    assert lines.count("would be moved") == 1
    assert not {"would be added", "would be taken out"} & set(lines)


def test_a_pending_change_of_ours_is_overtaken_not_piled_up() -> None:
    theirs = edited("；扶持创业", "；大力扶持创业")
    first = merged(merge(base(), theirs, with_value("12600人"), date=DATE))
    second = merged(merge(with_value("12600人"), first, with_value("12700人"), date=DATE))
    shown = "".join(texts(second, accept=True))
    assert "全市新增就业12700人，" in shown
    assert "12600人" not in shown
    assert "全市新增就业12549人，" in "".join(texts(second, accept=False))


CENTRE = Paragraph(s("又建成", actual("8个", "fig-77"), "便民服务中心，覆盖全部乡镇。"))


def again(theirs: bytes, *versions: bytes) -> bytes:
    """A draft merged with one version after the other, the first being what it was made from."""
    for old, new in pairwise(versions):
        theirs = merged(merge(old, theirs, new, date=DATE))
    return theirs


def test_a_paragraph_that_was_rejected_is_not_proposed_once_more() -> None:
    more, later = word(*BLOCKS[:9], CENTRE, *BLOCKS[9:]), word(*BLOCKS[:-3], CENTRE, *BLOCKS[-3:])
    other = Paragraph(s("又建成", actual("9个", "fig-77"), "便民服务中心，覆盖全部乡镇。"))
    proposed = again(edited("；扶持创业", "；大力扶持创业"), base(), more)
    rejected = answered(proposed, accept=False)
    assert "便民服务中心" not in "".join(texts(again(rejected, more, base(), later), accept=True))
    assert "便民服务中心" not in "".join(texts(again(rejected, more, later), accept=True))
    assert "建成9个便民服务中心" in "".join(texts(again(rejected, more, base(), word(*BLOCKS, other)), accept=True))
    taken_over = edited("覆盖全部", "已覆盖全部", answered(proposed, accept=True))
    shown = "".join(texts(again(taken_over, more, base(), later), accept=True))
    assert shown.count("便民服务中心") == 1 and "已覆盖全部" in shown


def test_an_edited_paragraph_that_stands_elsewhere_now_stays_linked() -> None:
    def at(place: int, number: str) -> bytes:
        return word(*BLOCKS[:place], with_number(CENTRE, "fig-77", number), *BLOCKS[place:])

    theirs = edited("覆盖全部", "已覆盖全部", at(9, "8个"))
    data = again(theirs, at(9, "8个"), at(len(BLOCKS) - 3, "8个"), at(len(BLOCKS) - 3, "9个"))
    shown = "".join(texts(data, accept=True))
    assert "又建成9个便民服务中心，已覆盖全部乡镇。" in shown and shown.count("便民服务中心") == 1


def test_a_paragraph_of_ours_that_a_person_kept_does_not_come_twice() -> None:
    more = word(*BLOCKS[:9], CENTRE, *BLOCKS[9:])
    dropped = again(edited("；扶持创业", "；大力扶持创业", more), more, base())
    kept = again(answered(dropped, accept=False), base(), more)
    assert "".join(texts(kept, accept=True)).count("便民服务中心") == 1
    fresh = word(*(with_number(block, "fig-77", "9个") for block in (*BLOCKS[:9], CENTRE, *BLOCKS[9:])))
    assert "又建成9个便民服务中心" in "".join(texts(again(kept, more, fresh), accept=True))


FOREIGN = {
    "empty": lambda data: b"",
    "no zip": lambda data: b"PK nothing",
    "cut": lambda data: data[: len(data) // 2],
    "protected": lambda data: b"\xd0\xcf\x11\xe0" + data,
    "macros": lambda data: write_package(read_package(data, where="") | {"word/vbaProject.bin": b"x"}),
    "another briefing": lambda data: edited("朝阳市", "x", word(Paragraph(s("别的文件。")))),
    "doctype": lambda data: edited("<w:document", "<!DOCTYPE a><w:document", data),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_draft_of_ours_gives_a_reason(kind: str) -> None:
    try:
        theirs = FOREIGN[kind](base())
    except AssertionError:
        theirs = word(Paragraph(s("别的文件。")))
    result = merge(base(), theirs, with_value("12600人"), date=DATE)
    assert result.data is None
    assert result.reason
