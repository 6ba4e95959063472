"""Document -> Report: which place, which date, who speaks under which heading, sentence by sentence.

A section holds sentences that share one context; extraction reads the context, never the layout.
What cannot be told (the area, the date) is a `DocumentError` that asks for a line in sources.csv.
"""

from __future__ import annotations

import re

from reportgen.errors import DocumentError
from reportgen.model import Document, Listing, Report, Source
from reportgen.segment.place import place
from reportgen.segment.publication import publication, stated
from reportgen.segment.sections import sections
from reportgen.vocabulary import Vocabulary

_FURNITURE = re.compile("您现在的位置|来源|发布日期|发布时间|浏览|点击|首页|字体|分享|打印")


def segment(document: Document, *, listing: Listing | None, vocabulary: Vocabulary) -> Report:
    """Read the document's outer facts and cut it into sections; `listing` overrides what the text says."""
    source = _source(document, listing or Listing(document.name), vocabulary)
    return Report(source, document, sections(document.text, source, vocabulary))


def _source(document: Document, listing: Listing, vocabulary: Vocabulary) -> Source:
    hint = "add a line with doc, area, published to sources.csv beside the documents"
    if listing.area:
        division = vocabulary.divisions.find(listing.area)
        area, code = (division.name, division.code) if division else (listing.area, "")
    else:
        division = place(document.text, document.name, vocabulary)
        if division is None:
            raise DocumentError("cannot tell which area the document is about", where=document.name, hint=hint)
        area, code = division.name, division.code
    if listing.published:
        published = stated(listing.published)
        if published is None:
            what = f"published is {listing.published!r}, not YYYY-MM-DD or YYYY-MM"
            raise DocumentError(what, where=f"sources.csv, {document.name}", hint="2023-04-17")
    else:
        published = publication(document.text, document.name)
    if published is None:
        raise DocumentError("cannot tell when the document was published", where=document.name, hint=hint)
    return Source(
        doc=document.name,
        sha256=document.sha256,
        title=listing.title or title(document.text),
        area=area,
        area_code=code,
        published=published.day,
        published_known=published.known,
        area_known="literal" if listing.area else "implied",
        publisher=listing.publisher,
        url=listing.url,
        genre=genre(f"{listing.title}\n{document.text}"),
        received=listing.received,
        month_only=published.month_only,
    )


def title(text: str) -> str:
    """The document's title: its first lines that are neither page furniture nor speech, joined where one was broken."""
    for line in text.split("\n")[:12]:
        words = re.sub(r"\s+", "", line)
        if (
            len(words) >= 6
            and not _FURNITURE.search(words)
            and words[-1] not in "：:。"
            and not words.startswith(("—", "-"))
        ):
            return words[:80]
    return re.sub(r"\s+", "", text[:40])


def genre(text: str) -> str:
    """What kind of document it is, by its own words; empty where it does not say."""
    head = re.sub(r"\s+", "", text[:1200])
    for word in ("政府工作报告", "统计公报", "新闻发布会", "国民经济和社会发展计划", "通报", "公报"):
        if word in head:
            return word
    return ""
