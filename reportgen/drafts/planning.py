"""What becomes of the words of each paragraph of the edited file, planned before anything is changed.

A paragraph whose words both sides changed keeps all of its values where ours tells of another time now: a value of
September must not come beside a person's words on August.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Final

from reportgen.drafts.align import Found
from reportgen.drafts.document import Draft
from reportgen.drafts.lines import Line, Token
from reportgen.drafts.links import Links
from reportgen.drafts.numbers import Numbering, is_ours, keys, label
from reportgen.drafts.threeway import Edit, Plan, plan

_TIME: Final = re.compile(r"[0-9][0-9—–-]*(?:年|月|日|季度)|上半年|[前第][一二三四]季度")


def numbering(line: Line, numbers: Mapping[str, Numbering]) -> Numbering | None:
    """The numbers of a line of the base that is an entry of the evidence."""
    return next((numbers[anchor] for anchor in line.anchors if anchor in numbers), None)


def plans(
    base: Draft,
    theirs: Draft,
    new: Draft,
    pairs: dict[int, int],
    found: Found,
    links: Links,
    numbers: dict[str, Numbering],
) -> dict[int, Plan]:
    """Index in the edited file -> its plan, for paragraphs of ours that are still made. Takes links out of `links`."""
    made: dict[int, Plan] = {}
    for one, other in found.lines.items():
        if one not in pairs:
            continue
        ours, line, fresh = base.lines[one], theirs.lines[other], new.lines[pairs[one]]
        made[other] = _plan(ours, line, fresh, links, numbers)
        if made[other].conflicts and _TIME.findall(ours.text) != _TIME.findall(fresh.text):
            _hold(ours, links)
            made[other] = Plan((), (Edit(0, len(line.tokens), 0, len(fresh.tokens)),))
    return made


def _plan(ours: Line, line: Line, fresh: Line, links: Links, numbers: Mapping[str, Numbering]) -> Plan:
    entry = numbering(ours, numbers)
    known = entry.known if entry else ()
    return plan(
        keys(ours, [links.base_key(token) for token in ours.tokens], known),
        keys(line, [_their_key(token, links, numbers) for token in line.tokens], known),
        keys(fresh, [links.new_key(token) for token in fresh.tokens], {label(fresh)}),
    )


def _their_key(token: Token, links: Links, numbers: Mapping[str, Numbering]) -> Hashable:
    old = links.base.get(id(token.slot))
    ours = token.slot is not None and is_ours(token.slot, numbers)
    return ("slot", id(old)) if old and ours else links.their_key(token)


def _hold(ours: Line, links: Links) -> None:
    """Unties the figures and marks of a line from those in their place that are others."""
    for slot in ours.slots:
        newer = links.newer.get(id(slot))
        if newer is None:
            continue
        figure = newer.id == slot.id or newer.text == slot.text
        if not (figure if slot.kind == "figure" else links.marks.get(slot.id) == newer.id):
            del links.newer[id(slot)]
            del links.older[id(newer)]
