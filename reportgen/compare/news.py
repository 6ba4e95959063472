"""What one month's documents change: later and revised values, targets announced, targets that they report on.

Goes in: all figures, all pairs of target and actual, the month's documents. Comes out: a `MonthNews`. The last known
value is that of the latest period, of the document published last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from reportgen.compare.alike import identity_of, meaning_of, percentage, span, unit_of
from reportgen.compare.choose import choose
from reportgen.compare.places import Places
from reportgen.compare.provinces import indicator_name
from reportgen.model import Figure, MonthNews, Progress, ValueChange
from reportgen.vocabulary import Vocabulary

Line = tuple[str, str, str, str, str]


def month_news(
    month: str,
    docs: frozenset[str],
    figures: Sequence[Figure],
    progress: Iterable[Progress],
    places: Places,
    vocabulary: Vocabulary,
) -> MonthNews:
    """The news that the documents `docs` bring. `figures` are all that the month knows, its own among them."""
    before = choose([figure for figure in figures if figure.doc not in docs], places).compared
    fresh = choose([figure for figure in figures if figure.doc in docs], places).compared
    changes = _changes(before, fresh, places, vocabulary)
    changed = {change.after.id for change in changes if change.kind == "revised"}
    known = {meaning_of(figure, places.key(figure)) for figure in before}
    return MonthNews(
        month=month,
        docs=tuple(sorted(docs)),
        changes=changes,
        announced=tuple(
            figure
            for figure in fresh
            if figure.status == "target"
            and (figure.id in changed or meaning_of(figure, places.key(figure)) not in known)
        ),
        reported=tuple(pair for pair in progress if pair.target.doc in docs or pair.actual.doc in docs),
    )


def _changes(
    before: Iterable[Figure], fresh: Iterable[Figure], places: Places, vocabulary: Vocabulary
) -> tuple[ValueChange, ...]:
    lines: dict[Line, list[Figure]] = defaultdict(list)
    for figure in before:
        lines[_line(figure, places)].append(figure)
    found = []
    for figure in fresh:
        if figure.measure == "baseline":
            continue
        last = _last_known(figure, lines[_line(figure, places)], places)
        if last is not None and (last.period != figure.period or last.value != figure.value):
            found.append(_change(last, figure, vocabulary))
    return tuple(
        sorted(found, key=lambda change: (places.in_order(change.after), change.after.doc, change.after.start))
    )


def _line(figure: Figure, places: Places) -> Line:
    return places.key(figure), identity_of(figure), figure.measure, unit_of(figure), figure.status


def _last_known(figure: Figure, known: Sequence[Figure], places: Places) -> Figure | None:
    """The value for the same time, else the latest earlier one that counts over as many months or from one start.

    A target is set beside an earlier target only where both are of one time, or of years of one length.
    """
    now = span(figure)
    if now is None or now.last is None:
        return None
    ranked: list[tuple[bool, int, date, str, Figure]] = []
    for earlier in known:
        then = span(earlier)
        if then is None or then.last is None or then.last > now.last:
            continue
        if then == now or then.months == now.months or (then.first is not None and then.first == now.first):
            ranked.append((then == now, then.last, places.published(earlier), earlier.id, earlier))
    return max(ranked, key=lambda entry: entry[:-1])[-1] if ranked else None


def _change(before: Figure, after: Figure, vocabulary: Vocabulary) -> ValueChange:
    one, other = span(before), span(after)
    comparable = bool(one and other and one.months == other.months and one.months is not None) or one == other
    divisible = after.measure == "level" and before.value > 0 and not (before.value_high or after.value_high)
    return ValueChange(
        kind="revised" if one == other else "later",
        indicator_id=identity_of(after),
        indicator=indicator_name(after, vocabulary),
        area=after.area,
        before=before,
        after=after,
        difference=after.value - before.value,
        growth=percentage(after.value, before.value) - 100 if comparable and divisible else None,
    )
