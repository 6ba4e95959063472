"""Rendered Markdown -> flat Blocks. Slots become the blocks and spans they stand for; raw HTML stays text.

# is the title, the emphasised line below it the provenance; ## to #### are headings, > a note, --- a new page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.briefing.context import SLOT, Slots
from reportgen.errors import TemplateError
from reportgen.model import Block, Cell, Column, Heading, PageBreak, Paragraph, Span, Spans, Table, Title

WIDTH = 156.0
_LOOKS = {(False, False): "plain", (True, False): "strong", (False, True): "kai", (True, True): "strong"}


@dataclass(slots=True)
class _Reader:
    """Position in the tokens and what was read so far."""

    tokens: Sequence[Token]
    slots: Slots
    file: str
    at: int
    headings: int
    blocks: list[Block]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def until(self, kind: str) -> list[Token]:
        """Tokens up to the closing one of `kind`, which is passed."""
        found: list[Token] = []
        while self.tokens[self.at].type != kind:
            found.append(self.take())
        self.at += 1
        return found


def read_blocks(markdown: str, slots: Slots, file: str) -> tuple[Block, ...]:
    """Flat blocks of `markdown`; `file` names the template in errors. Raises TemplateError."""
    parser = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(
            ["link", "image", "autolink", "reference", "html_block", "html_inline", "code", "backticks", "lheading"]
        )
    )
    reader = _Reader(parser.parse(markdown), slots, file, 0, 0, [])
    while reader.at < len(reader.tokens):
        _block(reader, reader.take())
    return tuple(reader.blocks)


def _block(reader: _Reader, token: Token) -> None:
    if token.type == "heading_open":
        _heading(reader, int(token.tag[1]), reader.until("heading_close")[0])
    elif token.type == "paragraph_open":
        _paragraph(reader, reader.until("paragraph_close")[0])
    elif token.type == "hr":
        reader.blocks.append(PageBreak())
    elif token.type == "blockquote_open":
        _paragraphs(reader, reader.until("blockquote_close"), "note")
    elif token.type in ("bullet_list_open", "ordered_list_open"):
        _list(reader, token)
    elif token.type == "table_open":
        _table(reader, reader.until("table_close"))
    else:
        raise TemplateError(
            f"{token.type} is not used in briefings", where=reader.file, hint="indent less, write plain paragraphs"
        )


def _heading(reader: _Reader, level: int, inline: Token) -> None:
    spans, aside = _heading_spans(reader, inline)
    text = "".join(span.text for span in spans).strip()
    if level == 1:
        reader.blocks.append(Title(text, aside))
        return
    reader.headings += 1
    reader.blocks.append(Heading(min(level - 1, 3), text, aside, f"h-{reader.headings}"))


def _heading_spans(reader: _Reader, inline: Token) -> tuple[Spans, Spans]:
    """Spans before the first slot, and all from it on (the aside)."""
    text: list[Span] = []
    aside: list[Span] = []
    for part in _inline(reader, inline):
        if isinstance(part, int):
            if not reader.slots.inline[part]:
                raise TemplateError(
                    "a block stands in a heading", where=reader.file, hint="put it on a line of its own"
                )
            aside += reader.slots.payloads[part]  # type: ignore[arg-type]
        else:
            (aside if aside else text).append(part)
    return tuple(text), tuple(aside)


def _paragraph(reader: _Reader, inline: Token) -> None:
    """A paragraph; a block slot in it ends what stands before."""
    run: list[Span] = []
    for part in _inline(reader, inline):
        if isinstance(part, Span):
            run.append(part)
        elif reader.slots.inline[part]:
            run += reader.slots.payloads[part]  # type: ignore[arg-type]
        else:
            _end_run(reader, run)
            reader.blocks += reader.slots.payloads[part]  # type: ignore[arg-type]
            run = []
    _end_run(reader, run)


def _end_run(reader: _Reader, run: Sequence[Span]) -> None:
    spans = _stripped(run)
    if not spans:
        return
    last = reader.blocks[-1] if reader.blocks else None
    if isinstance(last, Title) and not last.provenance and all(span.look in ("kai", "number") for span in spans):
        reader.blocks[-1] = replace(last, provenance=spans)
    else:
        reader.blocks.append(Paragraph(spans))


def _stripped(run: Sequence[Span]) -> Spans:
    """Without spaces at the edges; spans of one look joined."""
    spans: list[Span] = []
    for span in run:
        last = spans[-1] if spans else None
        if last and (last.look, last.figure_id, last.link) == (span.look, span.figure_id, span.link) == (
            span.look,
            "",
            "",
        ):
            spans[-1] = replace(last, text=last.text + span.text)
        else:
            spans.append(span)
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip(" "))
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip(" "))
    return tuple(span for span in spans if span.text or span.link)


def _paragraphs(reader: _Reader, tokens: Sequence[Token], look: str) -> None:
    for token in tokens:
        if token.type == "inline":
            spans = _stripped(_only_spans(reader, token))
            reader.blocks.append(Paragraph(spans, look))  # type: ignore[arg-type]


def _list(reader: _Reader, opening: Token) -> None:
    number = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else 0
    depth = 1
    while depth:
        token = reader.take()
        depth += token.type.endswith("list_open") - token.type.endswith("list_close")
        if token.type == "inline":
            lead = f"{number}. " if number else "• "
            number += bool(number)
            reader.blocks.append(Paragraph(_stripped([Span(lead, "strong"), *_only_spans(reader, token)]), "list"))


def _table(reader: _Reader, tokens: Sequence[Token]) -> None:
    heads: list[Spans] = []
    rows: list[list[Cell]] = []
    aligns: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "th_open":
            aligns.append(str(token.attrs.get("style", "")))
            heads.append(_stripped(_only_spans(reader, tokens[index + 1])))
        elif token.type == "tr_open" and heads:
            rows.append([])
        elif token.type == "td_open":
            rows[-1].append(Cell((_stripped(_only_spans(reader, tokens[index + 1])),)))
    width = WIDTH / len(heads)
    columns = tuple(
        Column((head,), width, "right" if "right" in align else "centre" if "center" in align else "left")
        for head, align in zip(heads, aligns, strict=True)
    )
    reader.blocks.append(Table(columns, tuple(tuple(row) for row in rows)))


def _only_spans(reader: _Reader, inline: Token) -> list[Span]:
    spans: list[Span] = []
    for part in _inline(reader, inline):
        if isinstance(part, Span):
            spans.append(part)
        elif reader.slots.inline[part]:
            spans += reader.slots.payloads[part]  # type: ignore[arg-type]
        else:
            raise TemplateError(
                "a block stands inside a list, table or note", where=reader.file, hint="put it on a line of its own"
            )
    return spans


def _inline(reader: _Reader, token: Token) -> list[Span | int]:
    """Spans and slot numbers of one inline token. A line break inside a paragraph is no space in Chinese."""
    parts: list[Span | int] = []
    strong = kai = False
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            strong = child.type == "strong_open"
        elif child.type in ("em_open", "em_close"):
            kai = child.type == "em_open"
        elif child.type in ("text", "text_special"):
            look = _LOOKS[strong, kai]
            for index, piece in enumerate(SLOT.split(child.content)):
                if index % 2:
                    parts.append(int(piece))
                elif piece:
                    parts.append(Span(piece, look))  # type: ignore[arg-type]
        elif child.type not in ("softbreak", "hardbreak"):
            raise TemplateError(f"{child.type} is not used in briefings", where=reader.file, hint="write plain text")
    return parts
