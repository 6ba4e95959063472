"""Three-way merge of an edited Word draft: what we wrote, what they made of it, what we would write now.

The person's words always stay. Whatever we change is a tracked change or a comment; with all of ours rejected the file
says what it said before, and that is checked before anything is returned. What cannot be merged is not guessed.
"""

from __future__ import annotations

from lxml import etree

from reportgen.drafts.align import Found, base_to_new, base_to_theirs
from reportgen.drafts.carry import Carrier
from reportgen.drafts.comments import add_comments
from reportgen.drafts.declined import kept_names, noted, recall
from reportgen.drafts.document import DOCUMENT, Draft, media_of, open_draft, paragraphs
from reportgen.drafts.grids import moved_rows
from reportgen.drafts.lines import AUTHOR, Line, Slot, read_line
from reportgen.drafts.links import Links, link, relink
from reportgen.drafts.names import point_to_desk, rename
from reportgen.drafts.numbers import is_ours, now, numberings, place, relabelled, remembered
from reportgen.drafts.place import Placing, place_new
from reportgen.drafts.planning import numbering, plans
from reportgen.drafts.report import Conflict, FigureChange, MergeReport, MergeResult
from reportgen.drafts.settle import settled
from reportgen.drafts.structure import changed_tables, clashing_rows, delete_gone, same_everywhere, table_of
from reportgen.drafts.threeway import Edit
from reportgen.drafts.tracked import Stamp, exchange, inserted_runs, put, release, strike
from reportgen.errors import ReportgenError
from reportgen.ooxml import BASE, parse, qn, read_package, serialise, write_package

KNOWN_SHARE = 0.3
"""Below this share of our paragraphs found again, a file is not taken for a draft of this briefing."""


def merge(base: bytes, theirs: bytes, new: bytes, *, date: str, where: str = "draft") -> MergeResult:
    """Merges `new` into `theirs`, both made from `base`; `date` (YYYY-MM-DD) stamps our changes.

    Gives the merged bytes and a report, or None and a reason; then write `new` beside the person's file. When nothing
    of ours changed, the bytes are `theirs` untouched. Never raises for a bad `theirs`; a bad `base` or `new` is ours
    to mend and raises ReportgenError. After a merge, `new` is the base of the next one.
    """
    ours = open_draft(base, where="base")
    newer = ours if new == base else open_draft(new, where="new version")
    report = MergeReport()
    try:
        edited = open_draft(theirs, where=where)
    except ReportgenError as error:
        return MergeResult(None, report, error.what)
    found = base_to_theirs(ours, edited)
    reason = _foreign(ours, edited, newer, found) or _outdated(ours, edited)
    if reason:
        return MergeResult(None, report, reason)
    _describe(ours, edited, found, report)
    if same_everywhere(ours, newer):
        return MergeResult(theirs, report)
    work = _Merge(ours, edited, newer, found, date, report)
    try:
        work.run()
        data = work.bytes()
        reason = _lost(theirs, data, where)
    except ReportgenError as error:
        # A part beside the text, such as the comments, that only now turns out to be broken.
        return MergeResult(None, report, error.what)
    return MergeResult(None if reason else data, report, reason)


def foreign(data: bytes, base: bytes, *, where: str = "draft") -> str:
    """Why `data` is no draft of the briefing and issue that `base` is the last version of; empty when it is one."""
    ours, edited = open_draft(base, where="base"), open_draft(data, where=where)
    return _foreign(ours, edited, ours, base_to_theirs(ours, edited))


def _foreign(base: Draft, theirs: Draft, new: Draft, found: Found) -> str:
    for other in (theirs, new):
        if other.name and base.name and (other.name, other.kind) != (base.name, base.kind):
            return f"is a draft of {other.name}, not of {base.name}"
    if theirs.version > base.version > 0:
        return "was made by a newer version of reportgen"
    if theirs.date and base.date and theirs.date != base.date:
        return f"is the draft of another issue ({theirs.date})"
    keyed = [line for line in base.lines if line.key and line.text]
    known = sum(1 for index, line in enumerate(base.lines) if line.key and line.text and index in found.lines)
    if keyed and known < KNOWN_SHARE * len(keyed):
        return f"holds only {known} of the {len(keyed)} paragraphs that we wrote"
    return ""


def _outdated(base: Draft, theirs: Draft) -> str:
    """What an older copy still says would look like the person's own changes."""
    same = not theirs.imprint or not base.imprint or theirs.imprint == base.imprint
    return "" if same else "was made from another version than the last one: an older copy stands in its place"


def _describe(base: Draft, theirs: Draft, found: Found, report: MergeReport) -> None:
    """What the person did, for diff and dry runs."""
    matched = set(found.lines.values()) | set(found.joined.values())
    for index, line in enumerate(base.lines):
        if not line.key or not line.text:
            continue
        if index in found.lines and theirs.lines[found.lines[index]].text != line.text:
            report.edited.append(theirs.lines[found.lines[index]].text)
        elif index not in found.lines and index not in found.joined:
            report.kept_deleted.append(line.text)
    report.added.extend(line.text for i, line in enumerate(theirs.lines) if i not in matched and line.text)


class _Merge:
    """One merge under way: changes the tree of the edited file."""

    def __init__(self, base: Draft, theirs: Draft, new: Draft, found: Found, date: str, report: MergeReport) -> None:
        self.base, self.theirs, self.new, self.found, self.report = base, theirs, new, found, report
        self.pairs = base_to_new(base, new)
        self.home: dict[int, list[int]] = {}
        for one, other in [*found.lines.items(), *found.joined.items()]:
            self.home.setdefault(other, []).append(one)
        self.memory = recall(base, theirs, self.pairs, found)
        self.changed = changed_tables(base, theirs, new, self.pairs, found)
        self.clashing = clashing_rows(base, theirs, new, self.pairs, found)
        clashing = [index for row in self.clashing for index in row if index in self.pairs and index in found.lines]
        self.behind = {self.pairs[index]: found.lines[index] for index in clashing}
        apart = self.changed.apart.union(*self.clashing)
        for index in apart | moved_rows(base, theirs, new, self.pairs, found.lines):
            self.pairs.pop(index, None)
        relink(base, theirs, found)
        self.links: Links = link(base, theirs, new, self.pairs, found)
        self.numbers = numberings(base, theirs, new, self.links.marks)
        self.numbered = remembered(theirs, self.numbers, self.links.marks)
        self.plans = plans(base, theirs, new, self.pairs, found, self.links, self.numbers)
        self.parts = dict(theirs.parts)
        self.stamp = Stamp(f"{date}T00:00:00Z", _next_id(theirs.root))
        self.carry = Carrier(new, theirs, self.parts)
        self.notes: list[tuple[etree._Element, str]] = []

    def run(self) -> None:
        """Does it."""
        exchanged = {id(line) for table in self.changed.replaced for line in self.theirs.lines if table in _above(line)}
        again = kept_names(self.memory, self.base, self.theirs, self.new, self.pairs, self.changed.apart)
        rename(self.base, self.theirs, self.new, self.pairs, self.found, self.links, self.stamp, again)
        for index, line in enumerate(self.theirs.lines):
            if id(line) not in exchanged:
                self._line(index, line)
        kept = delete_gone(self.base, self.theirs, self.pairs, self.found, self.stamp, self.report, exchanged)
        for line in kept:
            self._conflict(line, None, "此表已不再生成，或列已改变；因有改动，原表保留。")
        placing = Placing(
            *(self.base, self.theirs, self.new, self.pairs, self.found),
            stamp=self.stamp,
            carry=self.carry,
            report=self.report,
            changed=self.changed,
            memory=self.memory,
            behind=self.behind,
        )
        place_new(placing)
        for row in self.clashing:
            line = next(self.theirs.lines[self.found.lines[index]] for index in row if index in self.found.lines)
            self._conflict(line, None, "此行已由人改动，原行保留；新的一行放在其后。")
        for table, text in placing.left_out:
            line = next(line for line in self.theirs.lines if table in _above(line))
            self._conflict(line, None, f"此表的列已由人改动，新的一行没有放入：{text}")
        self._unlisted()
        point_to_desk(self.base, self.theirs, self.new, self.parts)

    def _line(self, index: int, line: Line) -> None:
        homes = [one for one in self.home.get(index, []) if one in self.found.lines]
        joined = [one for one in self.home.get(index, []) if one in self.found.joined]
        edits: list[Edit] = []
        fresh: Line | None = None
        conflicts: list[str] = []
        if index in self.plans:
            fresh = self.new.lines[self.pairs[homes[0]]]
            edits = list(self.plans[index].edits)
            told = self.plans[index].conflicts
            conflicts = [_text(fresh, edit.new_start, edit.new_end) or "（删去）" for edit in told]
        for one in joined:
            conflicts.extend(self._joined(one))
        touched = [(line.tokens[e.start].start, line.tokens[e.end - 1].end) for e in edits if e.start < e.end]
        values, by_hand = self._values(line, touched)
        conflicts.extend(text for text in by_hand if not any(text in conflict for conflict in conflicts))
        changes: list[tuple[int, Edit | Slot]] = [(_offset(line, edit.start), edit) for edit in edits]
        changes.extend((slot.start, slot) for slot in values)
        for _, change in sorted(changes, key=lambda change: -change[0]):
            if isinstance(change, Slot):
                self._update(line, change)
            elif fresh is not None:
                self._rewrite(line, fresh, change)
        self._renumber(line, [*homes, *joined], touched)
        if edits:
            self.report.updated.append(line.text)
        for text in conflicts:
            self._conflict(line, fresh, text)

    def _renumber(self, line: Line, homes: list[int], touched: list[tuple[int, int]]) -> None:
        """Marks and labels of the evidence that stay where they are say its present numbers."""
        said: list[tuple[int, int, str]] = []
        for slot in line.slots:
            number, home = now(slot, self.numbers), self.links.base.get(id(slot))
            new = self.links.current(home) if home else None
            # A mark that leads to another entry now is changed, or left, as the words around it are.
            if number is not None and (new is None or new.text == number):
                said.append((slot.start, slot.end, number))
        entries = [numbering(self.base.lines[one], self.numbers) for one in sorted(homes)]
        said.extend(relabelled(line, [entry for entry in entries if entry is not None]))
        for start, end, text in sorted(said, reverse=True):
            struck = any(first <= start and end <= last for first, last in touched)
            if not struck and line.text[start:end] != text:
                exchange(line, *place(line, start, end), text.strip("[] "), self.stamp)

    def _unlisted(self) -> None:
        """Marks left in the draft whose entry of the evidence is no longer made: their number may be another's now."""
        gone = {anchor for anchor, entry in self.numbers.items() if not entry.now}
        places: dict[int, tuple[Line, dict[str, None]]] = {}
        for line in self.theirs.lines:
            marks = [slot for slot in line.slots if slot.kind == "mark" and slot.id in gone]
            homes = [(slot.element, self.links.base.get(id(slot))) for slot in marks]
            links = [link for link, home in homes if not (home and self.links.current(home))]
            left = dict.fromkeys(text for link in links if link is not None and (text := _shown(link)))
            if left:
                # One comment for all of a table.
                table = table_of(line)
                places.setdefault(id(line if table is None else table), (line, {}))[1].update(left)
        for line, left in places.values():
            self._conflict(line, None, f"出处{'、'.join(left)}已不再列出。")

    def _joined(self, one: int) -> list[str]:
        """A paragraph that now stands inside another: its new words are shown, its figures are updated anyway."""
        if one not in self.pairs:
            return []
        fresh = self.new.lines[self.pairs[one]]
        old = [self.links.base_key(token) for token in self.base.lines[one].tokens]
        return [fresh.text] if old != [self.links.new_key(token) for token in fresh.tokens] else []

    def _values(self, line: Line, touched: list[tuple[int, int]]) -> tuple[list[Slot], list[str]]:
        """Linked places whose value is new; and new values where the person wrote another number."""
        values: list[Slot] = []
        by_hand: list[str] = []
        for slot in line.slots:
            old = self.links.base.get(id(slot))
            new = self.links.current(old) if old else None
            if old is None or new is None or new.text in (slot.text, now(slot, self.numbers)):
                continue
            if any(start <= slot.start and slot.end <= end for start, end in touched):
                continue
            if slot.text == old.text or is_ours(slot, self.numbers):
                values.append(slot)
            elif old.text != new.text:
                by_hand.append(new.text)
        return values, by_hand

    def _update(self, line: Line, slot: Slot) -> None:
        old = self.links.base[id(slot)]
        new = self.links.current(old)
        assert new is not None
        home = _line_of(self.new, new)
        made = inserted_runs(_bare(home), new.start, new.end, self.stamp, self.carry)
        if _look(self.base, old) == _look(self.new, new):
            _dress(made, line.atoms[slot.start].run)
        put(line, slot.end, made, inside=True)
        strike(line.atoms, slot.start, slot.end, self.stamp)
        if slot.kind == "figure":
            self.report.figures.append(FigureChange(new.id, slot.text, new.text))

    def _rewrite(self, line: Line, fresh: Line, edit: Edit) -> None:
        start, end = _offset(line, edit.start), _offset(line, edit.end)
        first, last = _offset(fresh, edit.new_start), _offset(fresh, edit.new_end)
        put(line, end, inserted_runs(fresh, first, last, self.stamp, self.carry))
        for slot in line.slots:
            if start <= slot.start and slot.end <= end:
                release(slot)
        if start < end:
            strike(line.atoms, start, end, self.stamp)

    def _conflict(self, line: Line, fresh: Line | None, text: str) -> None:
        source = self._source(fresh) if fresh else ""
        self.report.conflicts.append(Conflict(line.text, text, source))
        note = f"新稿：{text}" + (f"\n出处：{source}" if source else "")
        self.notes.append((line.element, note))

    def _source(self, fresh: Line) -> str:
        """The evidence that the new sentence's marks point to; in a table that of its row."""
        row = next(fresh.element.iterancestors(qn("tr")), None)
        near = [fresh] if row is None else [line for line in self.new.lines if row in line.element.iterancestors()]
        wanted = {slot.id for line in near for slot in line.slots if slot.kind == "mark"}
        texts = [line.text for line in self.new.lines if wanted & set(line.anchors)]
        return "\n".join(text.replace("\t", " ") for text in texts)

    def bytes(self) -> bytes:
        """The merged package, with the new base copy in it."""
        add_comments(self.parts, self.notes, self.stamp.date)
        for name, content in self.theirs.parts.items():
            if name.startswith("customXml/item") and BASE.encode() in content and "Props" not in name:
                self.parts[name] = noted(self.new.parts["customXml/item1.xml"], self.memory, self.numbered)
        _number_anew(self.theirs.root, self.stamp)
        self.parts[DOCUMENT] = serialise(self.theirs.root)
        return write_package(self.parts)


def _shown(link: etree._Element) -> str:
    """What of a link is not struck out."""
    return "".join(text.text or "" for text in link.iter(qn("t")))


def _above(line: Line) -> list[etree._Element]:
    return list(line.element.iterancestors())


def _bare(line: Line) -> Line:
    """The line without slots: its runs go inside the control that is already there."""
    return Line(line.element, line.keys, line.style, line.text, line.atoms, [], line.anchors)


def _line_of(draft: Draft, slot: Slot) -> Line:
    return next(line for line in draft.lines if any(other is slot for other in line.slots))


def _look(draft: Draft, slot: Slot) -> str:
    """Name of the character style a slot is printed in."""
    line = _line_of(draft, slot)
    style = line.atoms[slot.start].run.find(f"{qn('rPr')}/{qn('rStyle')}")
    return "" if style is None else draft.styles.get(style.get(qn("val")) or "", "")


def _dress(made: list[etree._Element], like: etree._Element) -> None:
    """Gives inserted runs the formatting of the run they replace, which the person may have changed."""
    properties = like.find(qn("rPr"))
    for run in (run for element in made for run in element.iter(qn("r"))):
        own = run.find(qn("rPr"))
        if own is not None:
            run.remove(own)
        if properties is not None:
            run.insert(0, etree.fromstring(etree.tostring(properties)))


def _offset(line: Line, token: int) -> int:
    return line.tokens[token].start if token < len(line.tokens) else len(line.text)


def _text(line: Line, start: int, end: int) -> str:
    return line.text[_offset(line, start) : _offset(line, end)]


def _number_anew(root: etree._Element, stamp: Stamp) -> None:
    """Gives a tracked change that was cut in two another number for its second half."""
    seen: set[str] = set()
    for change in root.iter(*(qn(name) for name in ("ins", "del", "moveFrom", "moveTo"))):
        number = change.get(qn("id")) or ""
        if number in seen:
            change.set(qn("id"), str(stamp.next_id))
            stamp.next_id += 1
        seen.add(number)


def _next_id(root: etree._Element) -> int:
    numbers = [int(value) for value in (e.get(qn("id")) for e in root.iter()) if value and value.lstrip("-").isdigit()]
    return max([n for n in numbers if n < 2**30], default=0) + 1


def _lost(before: bytes, after: bytes, where: str) -> str:
    """Why the merged file must not be used: with our changes rejected it does not say what the person's file says."""
    said = [_without_ours(read_package(data, where=where), where) for data in (before, after)]
    return "" if said[0] == said[1] else "the merge would have lost words; this is our fault, please report it"


def _without_ours(parts: dict[str, bytes], where: str) -> list[tuple[str, tuple[str, ...]]]:
    root = settled(parse(parts[DOCUMENT], where=where), accept=False, author=AUTHOR)
    media = media_of(parts, where)
    lines = [read_line(element, media) for element in paragraphs(root)]
    return [(line.text, tuple(atom.digest for atom in line.atoms if atom.digest)) for line in lines]
