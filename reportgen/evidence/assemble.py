"""The page from its parts: html, style sheet and scripts beside this module, and the desk as JSON.

The scripts are admitted by their hashes and nothing else is: no address is fetched, no inline handler runs. Served by
`reportgen review` the page may also speak to the server that it came from.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.evidence.desk import Desk
from reportgen.evidence.documents import document_values
from reportgen.evidence.figures import FIELDS, TEXTS, Texts, change_values, figure_values, in_order, problem_values
from reportgen.evidence.printed import printing
from reportgen.model import Figure
from reportgen.notation import AreaOrder, area_order, newest_first

_FOLDER = Path(__file__).parent / "page"
_SCRIPTS = ("state.js", "list.js", "text.js", "detail.js", "mend.js", "briefs.js", "start.js")
_ALONE = "connect-src 'none'"
_SERVED = "connect-src 'self'"
_NO_REVIEW = '<script type="application/json" id="review">null</script>'


def render(desk: Desk) -> bytes:
    """The evidence page of a desk, UTF-8."""
    script, style = _part(*_SCRIPTS), _part("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; {_ALONE}; "
        "base-uri 'none'; form-action 'none'"
    )
    data = as_json(_values(desk))
    parts = {
        "policy": policy,
        "style": style,
        "review": _NO_REVIEW,
        "data": data,
        "script": script,
        "month": desk.month,
    }
    page = _part("page.html")
    for name, part in parts.items():
        head, mark, rest = page.partition(f"<!--{name}-->")
        if not mark:
            raise ValueError(f"page.html has no place for {name}")
        page = head + part + rest
    return page.encode("utf-8", "replace")


def served(page: bytes, review: dict[str, Any]) -> bytes:
    """The same page for `reportgen review`: it may save, and knows how. Raises ValueError where it is no such page."""
    known = _NO_REVIEW.encode()
    if page.count(known) != 1 or _ALONE.encode() not in page[:4096]:
        raise ValueError("this is no evidence page of this version")
    page = page.replace(_ALONE.encode(), _SERVED.encode(), 1)
    return page.replace(known, _NO_REVIEW.replace("null", as_json(review)).encode(), 1)


def as_json(values: Any) -> str:
    """JSON that may stand inside a script element: no character of it begins or ends markup.

    >>> as_json({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _values(desk: Desk) -> dict[str, Any]:
    texts = Texts()
    figures = in_order(desk.figures, desk.extractions)
    index_of = {figure.id: index for index, figure in enumerate(figures)}
    printed = printing(desk, index_of)
    rows = figure_values(figures, desk.extractions, printed.places, texts)
    used = {chart["chart"] for briefing in printed.briefings for chart in briefing["shown"] if "chart" in chart}
    values: dict[str, Any] = {
        "month": desk.month,
        "sectors": [[sector.code, sector.name] for sector in desk.vocabulary.sectors],
        "areas": _areas(desk, figures),
        "indicators": {indicator.id: indicator.name for indicator in desk.vocabulary.indicators}
        if len(desk.vocabulary.indicators) <= 5000
        else {},
        "fields": list(FIELDS),
        "texts_in": list(TEXTS),
        "documents": [document_values(extraction) for extraction in desk.extractions],
        "figures": rows,
        "problems": problem_values(desk.problems, desk.extractions, index_of),
        "changes": change_values(desk.changes, index_of),
        "briefings": list(printed.briefings),
        "charts": {name: desk.charts[name] for name in sorted(used)},
        "texts": texts.all(),
    }
    values["key"] = hashlib.sha256(as_json(values).encode("utf-8", "replace")).hexdigest()[:16]
    return values


def _areas(desk: Desk, figures: Sequence[Figure]) -> list[str]:
    """The areas of the figures as the briefings order them."""
    sources = {extraction.source.doc: extraction.source for extraction in desk.extractions}
    newest = newest_first(sources.values())
    places: dict[str, AreaOrder] = {}
    for area, doc in sorted({(figure.area, figure.doc) for figure in figures}):
        source = sources[doc]
        division = desk.vocabulary.divisions.find(area, source.area_code)
        when = newest.get(area, -source.published.toordinal())
        place = area_order(area, division.code if division else "", when)
        places[area] = min(places.get(area, place), place)
    return sorted(places, key=places.__getitem__)


@cache
def _part(*names: str) -> str:
    text = "".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
    return f'"use strict";\n(() => {{\n{text}}})();\n' if names[0].endswith(".js") else text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
