"""The evidence desk: every figure of an issue in its source text, as one html file that opens from a file share.

`render` gives the bytes; the same desk always gives the same bytes. Texts of sources travel as JSON that cannot end
its script element, and the page's script puts them on the screen as text alone: nothing in them becomes markup.
"""

from __future__ import annotations

from reportgen.evidence.assemble import render, served
from reportgen.evidence.desk import Desk

__all__ = ["Desk", "render", "served"]
