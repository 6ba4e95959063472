"""How a Word file remembers what it was made from: bookmarks, inline content controls, the base copy.

A figure in text becomes a bookmark `f_<id>_<n>` around an inline content control whose alias is the figure id. Every
paragraph carries a bookmark `p_<hash>`. The base copy lists each paragraph's key, text and figures as JSON.
Never a block-level content control: LibreOffice repeats their text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field

from reportgen.model import Briefing
from reportgen.ooxml import BASE, printable
from reportgen.render.docx.markup import DECLARATION, escape, w

_LIMIT = 40
"""Word cuts bookmark names here."""


def bookmark_name(prefix: str, text: str, suffix: str = "") -> str:
    """A bookmark name for any text: letters, digits and _, at most 40; a changed text gets a hash to stay unique."""
    plain = re.sub(r"[^A-Za-z0-9]", "_", text)
    room = _LIMIT - len(prefix) - len(suffix)
    if plain != text.replace("-", "_").replace(":", "_") or len(plain) > room:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
        plain = f"{plain[: room - 13]}_{digest}" if plain.strip("_") else digest
    return f"{prefix}{plain}{suffix}"


@dataclass(slots=True)
class Unit:
    """One paragraph of the base copy: key, text so far, and the figures as (id, bookmark, start, end)."""

    key: str
    text: str = ""
    figures: list[tuple[str, str, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Anchors:
    """Hands out unique names and ids, in document order, and keeps the base copy."""

    targets: frozenset[str] = frozenset()
    """Anchors that exist in this briefing; a link to any other is printed as text."""
    scope: str = ""
    units: list[Unit] = field(default_factory=list)
    _ids: int = 0
    _figures: Counter[str] = field(default_factory=Counter)
    _names: set[str] = field(default_factory=set)
    _keys: Counter[str] = field(default_factory=Counter)

    def number(self) -> int:
        """The next bookmark or control id."""
        self._ids += 1
        return self._ids

    def bookmark(self, name: str, *inner: str) -> str:
        """The markup inside a bookmark; a name that is taken gets none."""
        if name in self._names:
            return "".join(inner)
        self._names.add(name)
        ident = self.number()
        return w("bookmarkStart", id_=ident, name=name) + "".join(inner) + w("bookmarkEnd", id_=ident)

    def figure(self, figure_id: str, text: str, runs: str) -> str:
        """The runs of one figure, anchored; its place in the current paragraph goes into the base copy."""
        self._figures[figure_id] += 1
        name = bookmark_name("f_", figure_id, f"_{self._figures[figure_id]}")
        self.said(text, figure=(figure_id, name))
        control = w(
            "sdt",
            w("sdtPr", w("alias", val=figure_id), w("tag", val=figure_id), w("id", val=self.number())),
            w("sdtContent", runs),
        )
        return self.bookmark(name, control)

    def open(self, path: str) -> str:
        """Begins a paragraph; gives its bookmark name. The same path in a later issue gives the same name."""
        whole = f"{self.scope}/{path}"
        self._keys[whole] += 1
        digest = hashlib.sha256(f"{whole}/{self._keys[whole]}".encode("utf-8", "replace")).hexdigest()[:16]
        key = f"p_{digest}"
        self.units.append(Unit(key))
        return key

    def said(self, text: str, figure: tuple[str, str] | None = None) -> None:
        """Adds text to the current paragraph of the base copy."""
        unit = self.units[-1]
        start = len(unit.text)
        unit.text += printable(text)
        if figure:
            unit.figures.append((*figure, start, len(unit.text)))

    def base_copy(self, briefing: Briefing) -> bytes:
        """The base copy as an XML part holding JSON."""
        content = {
            "version": 1,
            "kind": briefing.kind,
            "name": briefing.name,
            "date": briefing.date.isoformat(),
            "units": [{"key": unit.key, "text": unit.text, "figures": unit.figures} for unit in self.units],
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return f'{DECLARATION}<base xmlns="{BASE}">{escape(text)}</base>'.encode()
