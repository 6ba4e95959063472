"""Briefings as one html file: no scripts, nothing fetched, readable on a phone and printable on A4.

`render` gives the bytes; the same briefing always gives the same bytes. A content security policy in the file forbids
whatever a text might try to load.
"""

from __future__ import annotations

import base64

from reportgen.house import House
from reportgen.model import Briefing
from reportgen.render.html.blocks import block_html
from reportgen.render.html.spans import names, text
from reportgen.render.html.style import style_sheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def render(briefing: Briefing, house: House, desk: str = "") -> bytes:
    """`briefing` as a self-contained html page, UTF-8; `desk` is the address of the evidence page beside it."""
    known = names(briefing.blocks, desk)
    logo = ""
    if house.logo:
        data = base64.b64encode(house.logo.read_bytes()).decode("ascii")
        logo = f'<img class="logo" alt="" src="data:image/png;base64,{data}">\n'
    body = "\n".join(block_html(block, known) for block in briefing.blocks)
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="author" content="{text(briefing.author)}">\n'
        f'<meta name="description" content="{text(briefing.subject)}">\n'
        f"<title>{text(briefing.title)}</title>\n<style>{style_sheet(house)}</style>\n</head>\n<body>\n<main>\n"
        f"{logo}{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", errors="replace")
