"""Document -> Report: which place, which date, who speaks under which heading, sentence by sentence.

A section holds sentences that share one context; extraction reads the context, never the layout.
What cannot be told (the area, the date) is a `DocumentError` that asks for a line in sources.csv.
"""

from __future__ import annotations

from reportgen.errors import DocumentError
from reportgen.model import Document, Listing, Report, Source
from reportgen.segment.place import place
from reportgen.segment.publication import Publication, publication, stated
from reportgen.segment.sections import sections
from reportgen.segment.titles import genre, title
from reportgen.vocabulary import Vocabulary

_HINT = "add a line with doc, area, published to sources.csv beside the documents"


def segment(document: Document, *, listing: Listing | None, vocabulary: Vocabulary) -> Report:
    """Read the document's outer facts and cut it into sections; `listing` overrides what the text says."""
    source = _source(document, listing or Listing(document.name), vocabulary)
    return Report(source, document, sections(document.text, source, vocabulary))


def _source(document: Document, listing: Listing, vocabulary: Vocabulary) -> Source:
    area, code = _area(document, listing, vocabulary)
    published = _published(document, listing)
    return Source(
        doc=document.name,
        sha256=document.sha256,
        title=listing.title or title(document.text, area, published.day.year),
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


def _area(document: Document, listing: Listing, vocabulary: Vocabulary) -> tuple[str, str]:
    """(official name, code): as listed, else as the text tells; a listed name that nobody knows has no code."""
    if listing.area:
        division = vocabulary.divisions.find(listing.area)
        return (division.name, division.code) if division else (listing.area, "")
    division = place(document.text, document.name, vocabulary)
    if division is None:
        raise DocumentError("cannot tell which area the document is about", where=document.name, hint=_HINT)
    return division.name, division.code


def _published(document: Document, listing: Listing) -> Publication:
    if listing.published:
        published = stated(listing.published)
        if published is None:
            what = f"published is {listing.published!r}, not YYYY-MM-DD, YYYY-MM or YYYY"
            raise DocumentError(what, where=f"sources.csv, {document.name}", hint="2023-04-17")
        return published
    published = publication(document.text, document.name)
    if published is None:
        raise DocumentError("cannot tell when the document was published", where=document.name, hint=_HINT)
    return published
