"""Names of places: full, short and former names go in, GB/T 2260 divisions come out.

An ambiguous name is decided by the place the document speaks of (`within`), else not at all: nothing is guessed.
Data: divisions.csv (code,name,parent,shorts; `~` marks a name that is also an ordinary word or a river: it counts
only beside its parent or for the document's own place) and former_divisions.csv (former name, today's code).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from reportgen.vocabulary.types import Division

Span = tuple[int, int, Division]

LONGEST_NAME = 15
RANK = {"province": 0, "prefecture": 1, "county": 2}
SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "州", "盟", "县", "区", "旗")

# 宁县 is not in 海宁县: before a county name of two characters stands one of these or no Chinese character.
BEFORE_SHORT_COUNTY = frozenset("省市州盟区县旗、和与及或在到从向为是由至于的赴驻对将使")
# 南京路, 朝阳大街, 潍坊八村 are addresses, 嘉陵江, 台湾海峡 are waters, 成都平原 is a landscape: no place is meant.
NOT_PLACE = re.compile(
    "[东西南北中]?[路街巷弄]|大街|大道|胡同|新村|[一二三四五六七八九十]+村|[江河湖山峡岭]|海峡|平原|盆地|灌区|流域|都市圈|城市群"
)


class Divisions:
    """Lookups over the divisions; nothing changes after construction."""

    def __init__(self, divisions: tuple[Division, ...], former: tuple[Division, ...], risky: frozenset[str]) -> None:
        """`former` carry old names and today's codes; `risky` names are ordinary words too."""
        self.by_code: Mapping[str, Division] = {d.code: d for d in divisions}
        self._former = former
        self._risky = risky

    def __iter__(self) -> Iterator[Division]:
        """Today's divisions in the order of the file."""
        return iter(self.by_code.values())

    @cached_property
    def names(self) -> Mapping[str, tuple[Division, ...]]:
        """Every full, short and former name; a name in use today is never read as a former one."""
        today: dict[str, list[Division]] = {}
        for d in self:
            for name in (d.name, *d.shorts):
                today.setdefault(name, []).append(d)
        former: dict[str, list[Division]] = {}
        for d in self._former:
            if d.name not in today:
                former.setdefault(d.name, []).append(d)
        return {name: tuple(found) for name, found in (today | former).items()}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Division, ...]]:
        below: dict[str, list[Division]] = {}
        for d in self:
            below.setdefault(d.parent, []).append(d)
        return {code: tuple(found) for code, found in below.items()}

    @cached_property
    def _finder(self) -> AhoCorasick:
        return AhoCorasick(self.names)

    def parent(self, division: Division) -> Division | None:
        """The division directly above, None above a province."""
        return self.by_code.get(division.parent)

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """The divisions above, nearest first."""
        above = self.parent(division)
        return () if above is None else (above, *self.ancestors(above))

    def province_of(self, division: Division) -> Division:
        """The province the division lies in; a province is its own."""
        return (division, *self.ancestors(division))[-1]

    def children(self, division: Division) -> tuple[Division, ...]:
        """The divisions directly below."""
        return self._children.get(division.code, ())

    def inside(self, division: Division, outer: Division) -> bool:
        """Whether `division` is `outer` or lies in it."""
        at: Division | None = division
        while at is not None and at.code != outer.code:
            at = self.parent(at)
        return at is not None

    def candidates(self, name: str) -> tuple[Division, ...]:
        """Every division that is called `name`, in full or in short, today or formerly."""
        return self.names.get(name, ())

    def find(self, name: str, within: str = "") -> Division | None:
        """The division called `name`, looked for in `within` (a code or name), then in what contains it, then anywhere.

        Among several the highest level wins (朝阳 in 辽宁 is 朝阳市); None where two of one level remain (鼓楼区).
        A name may stand behind that of what contains it (北京市朝阳区).
        """
        found = self.candidates(name)
        return self._decide(found, self._place(within)) if found else self._behind_outer(name)

    def _behind_outer(self, name: str) -> Division | None:
        """The division whose name follows a full name of a division that contains it, the longest first."""
        for cut in range(min(len(name) - 2, LONGEST_NAME), 1, -1):
            outer = self._decide(self.candidates(name[:cut]), None) if name[:cut].endswith(SUFFIXES) else None
            if outer is not None:
                return self._decide(tuple(d for d in self.candidates(name[cut:]) if self.inside(d, outer)), None)
        return None

    def _place(self, within: str) -> Division | None:
        if not within:
            return None
        return self.by_code.get(within) or self._decide(self.candidates(within), None)

    def _decide(self, found: tuple[Division, ...], place: Division | None) -> Division | None:
        if len(found) <= 1:
            return found[0] if found else None
        scopes = (place, *self.ancestors(place), None) if place else (None,)
        for scope in scopes:
            inside = found if scope is None else tuple(d for d in found if self.inside(d, scope))
            if inside:
                best = min(RANK[d.level] for d in inside)
                top = [d for d in inside if RANK[d.level] == best]
                return top[0] if len(top) == 1 else None
        return None

    def printed_full(self, name: str, within: str = "") -> str:
        """The printed name completed to its official suffix: 喀左 -> 喀左县, 朝阳 in 辽宁 -> 朝阳市, 内蒙古 in full.

        A county's usual short form stays (喀左县, 丰宁县); a name that is not known stays as it is.
        """
        division = self.find(name, within)
        return name if division is None else self.display(name, division)

    def display(self, printed: str, division: Division) -> str:
        """How `division`, printed as `printed`, is named in a table."""
        if printed == division.name or division.level == "province":
            return division.name
        if printed.endswith(SUFFIXES) and len(printed) > 2:
            return printed
        suffixed = [name for name in division.shorts if name.endswith(SUFFIXES) and len(name) > 2]
        same = [name for name in suffixed if name[:-1] == printed]
        return (same or suffixed or [division.name])[0]

    def scan(self, text: str, within: str = "") -> list[Span]:
        """The places named in `text` as (start, end, division), left to right, without overlap, in linear time.

        Full names count anywhere; short names of provinces and prefectures too; short names of counties only inside
        `within`; risky names only beside their parent or for `within` itself. Streets and rivers are not places.
        """
        found = self._finder.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return []
        place = self._place(within)
        spans: list[Span] = []
        done = 0
        # of names that begin at one place the longest that fits
        for at, negative_end in sorted([(start, -end) for _, start, end in found]):
            end = -negative_end
            if at >= done:
                division = self._named(text, at, end, place, spans[-1] if spans else None)
                if division is not None:
                    spans.append((at, end, division))
                    done = end
        return spans

    def _named(self, text: str, at: int, end: int, place: Division | None, last: Span | None) -> Division | None:
        """The division that the name in [at, end) means there, None where no place is meant."""
        name = text[at:end]
        outer = last[2] if last and last[1] == at else None
        division = self._read(name, outer, place)
        if division is None and name in self._risky:
            division = self._listed(text, at, end, last)
        if division is None or not self._fits(text, at, end, name, division, outer is not None):
            return None
        return division

    def _read(self, name: str, outer: Division | None, place: Division | None) -> Division | None:
        """The division that `name` means right after `outer` (北京市|朝阳区), else in a document about `place`."""
        found = self.names[name]
        if outer:
            below = tuple(d for d in found if d.code != outer.code and self.inside(d, outer))
            if below:
                return self._decide(below, None)
        if name in self._risky:
            found = tuple(d for d in found if place and self.inside(place, d))
        elif not name.endswith(SUFFIXES) or len(name) < 3:
            found = tuple(d for d in found if self._open(d, name, place))
        return self._decide(found, place)

    def _listed(self, text: str, at: int, end: int, last: Span | None) -> Division | None:
        """What a name that is also a word means in a list of places beside it: 庆阳、张掖、|天水 or |内江、眉山."""
        parents = {last[2].parent} if last and text[last[1] : at] == "、" else set()
        if text[end : end + 1] == "、":
            following = (text[end + 1 : end + 1 + size] for size in (2, 3, 4))
            parents.update(d.parent for name in following if name not in self._risky for d in self.names.get(name, ()))
        return self._decide(tuple(d for d in self.names[text[at:end]] if d.parent in parents), None)

    def _open(self, division: Division, name: str, place: Division | None) -> bool:
        """Whether a name without suffix may stand alone: full names and large places, counties of the own place."""
        return division.level != "county" or name == division.name or bool(place and self.inside(division, place))

    def _fits(self, text: str, at: int, end: int, name: str, division: Division, follows: bool) -> bool:
        if len(name) == 2 and name == division.name and not follows and at:
            before = text[at - 1]
            if "\u4e00" <= before <= "\u9fff" and before not in BEFORE_SHORT_COUNTY:
                return False
        return name.endswith(SUFFIXES) or NOT_PLACE.match(text, end) is None
