"""What one set of known figures has and another has not: added, changed, dropped.

Goes in: the figures of two issues. Comes out: one `Difference` a figure. Changed is a figure whose fields differ, or
one that says another value of the same thing than the one that was compared before; a later period is an addition.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.compare.alike import Meaning, meaning_of
from reportgen.compare.choose import choose
from reportgen.compare.places import Places
from reportgen.model import Difference, Figure, Source
from reportgen.notation import AreaOrder
from reportgen.vocabulary import Vocabulary


def differences(
    before: Iterable[Figure], after: Iterable[Figure], sources: Iterable[Source], vocabulary: Vocabulary
) -> tuple[Difference, ...]:
    """Every difference by area and place in the document. `sources` are those of both sets."""
    places = Places(sources, vocabulary)
    old, new = {figure.id: figure for figure in before}, {figure.id: figure for figure in after}
    then, now = _chosen(old.values(), places), _chosen(new.values(), places)
    found = []
    superseded = set()
    for figure in new.values():
        if figure.id in old:
            if _said(old[figure.id]) != _said(figure):
                found.append(Difference("changed", old[figure.id], figure))
            continue
        key = meaning_of(figure, places.key(figure))
        last = then.get(key)
        if last is not None and now.get(key) == figure and (last.value, last.value_high) != _values(figure):
            found.append(Difference("changed", last, figure))
            superseded.add(last.id)
        else:
            found.append(Difference("added", None, figure))
    dropped = (figure for figure in old.values() if figure.id not in new and figure.id not in superseded)
    found += [Difference("dropped", figure, None) for figure in dropped]
    return tuple(sorted(found, key=lambda difference: _order(difference, places)))


def _chosen(figures: Iterable[Figure], places: Places) -> dict[Meaning, Figure]:
    ordered = sorted(figures, key=lambda figure: (figure.doc, figure.start, figure.end, figure.id))
    return {meaning_of(figure, places.key(figure)): figure for figure in choose(ordered, places).compared}


def _values(figure: Figure) -> tuple[object, object]:
    return figure.value, figure.value_high


def _said(figure: Figure) -> tuple[object, ...]:
    """What a figure says, without what the whole issue makes of it (key)."""
    return (
        *_values(figure),
        *(figure.base_unit, figure.qualifier, figure.measure, figure.status, figure.period),
        *(figure.area, figure.sector, figure.indicator, figure.indicator_id),
    )


def _order(difference: Difference, places: Places) -> tuple[str, AreaOrder, str, int, str]:
    figure = difference.after or difference.before
    assert figure is not None
    return (difference.kind, places.in_order(figure), figure.doc, figure.start, figure.id)
