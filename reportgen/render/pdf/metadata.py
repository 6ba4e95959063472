"""What the file says about itself: document properties, language, and the same as XMP for programs.

PDF/UA is not claimed: no validator for all of its rules has looked at the files.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportgen.model import Briefing

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def describe(canvas: Any, briefing: Briefing) -> None:
    """Put title, author and subject of `briefing` into the document of `canvas`."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    canvas.setTitle(briefing.title)
    canvas.setAuthor(briefing.author)
    canvas.setSubject(briefing.subject)
    canvas.setCreator("reportgen")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    texts = {name: _clean(getattr(briefing, name)) for name in ("title", "author", "subject")}
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    canvas._doc.Catalog.Metadata = PDFStream(kind, _XMP.format(**texts).encode("utf-8"), filters=[])


def _clean(text: str) -> str:
    """`text` as XML allows it."""
    return escape("".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff"))
