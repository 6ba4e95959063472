"""Which sector a figure belongs to: what is measured speaks loudest, then its sentence, its headings and its agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from reportgen.vocabulary import Vocabulary

NAME, CLAUSE, SENTENCE, PARAGRAPH, HEADING, AGENCY = 3.0, 1.2, 20.0, 14.0, 3.0, 12.0
"""Weights: name and clause per word weight, sentence and paragraph shared out among the sectors, heading by depth."""
_LOUDEST = 12.0
"""So much of a name's or clause's score counts at most, that a long list of words does not outvote everything else."""
_CLOSE = 1.3
HINT = 2.0
"""Words up to this weight are hints."""
_LITTLE = 5.0
_MEMORY = 4096
Scores = Mapping[str, float]
"""Sector code -> weight."""
Said = tuple[tuple[str, float], ...]
"""What a word says for which sectors."""
Words = tuple[tuple[int, int, Said, Said], ...]
"""Sector words found in a text: start, end, what each says plainly, and what it hints at."""


class SectorReader:
    """Scores texts by the vocabulary's sector words, longest first and without overlap. Built once per vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Make one automaton of the words of all sectors."""
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for sector in vocabulary.sectors:
            for word, weight in sector.words.items():
                weights[word][sector.code] = weight
        self._said = tuple(_plain_and_hints(found) for found in weights.values())
        self._find = AhoCorasick(weights, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes
        self._agencies = {agency.short: agency.sector for agency in vocabulary.agencies}
        self._agencies |= {agency.full: agency.sector for agency in vocabulary.agencies}
        self._order = {sector.code: place for place, sector in enumerate(vocabulary.sectors)}
        self._memory: dict[str, Scores] = {}

    def words(self, text: str) -> Words:
        """The sector words of a text."""
        said = self._said
        return tuple([(start, end, *said[word]) for word, start, end in self._find(text)])

    def context(self, paragraph: Words, headings: tuple[str, ...], agency: str) -> Scores:
        """What the surroundings of a section's figures say, to be handed to `sector`."""
        total: dict[str, float] = {}
        _share_out(total, PARAGRAPH, _scores(paragraph))
        for depth, heading in enumerate(reversed(headings)):
            for code, score in self._remembered(heading).items():
                total[code] = total.get(code, 0.0) + HEADING * score / (1 + depth)
        own = self._agencies.get(agency) or self._agencies.get(agency[1:])
        if own:
            total[own] = total.get(own, 0.0) + AGENCY
        return total

    def sentence(self, sentence: Words, context: Scores) -> Scores:
        """The context with what the sentence itself says."""
        total = dict(context)
        _share_out(total, SENTENCE, _scores(sentence))
        return total

    def sector(self, name: str, clause: Words, surroundings: Scores) -> tuple[str, bool]:
        """(sector code, whether it is sure): the best score; unsure where two are close or nothing speaks.

        `surroundings` is what `context` or `sentence` gave.
        """
        total = dict(surroundings)
        for code, score in self._remembered(name).items():
            total[code] = total.get(code, 0.0) + NAME * (score if score < _LOUDEST else _LOUDEST)
        for code, score in _scores(clause).items():
            total[code] = total.get(code, 0.0) + CLAUSE * (score if score < _LOUDEST else _LOUDEST)
        if not total:
            return "government", False
        best, most, second = "", 0.0, 0.0
        for code, score in total.items():
            if score > most or (score == most and self._order[code] < self._order.get(best, 99)):
                best, most, second = code, score, most
            elif score > second:
                second = score
        return best, most >= _CLOSE * second

    def _remembered(self, text: str) -> Scores:
        """The scores of a name or heading, which come back often."""
        known = self._memory.get(text)
        if known is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            known = self._memory[text] = _scores(self.words(text))
        return known


def within(words: Words, start: int, end: int) -> Words:
    """The words that stand wholly in [start, end)."""
    return tuple([word for word in words if word[0] >= start and word[1] <= end])


def _plain_and_hints(weights: Mapping[str, float]) -> tuple[Said, Said]:
    said = tuple(weights.items())
    return tuple(each for each in said if each[1] > HINT), tuple(each for each in said if each[1] <= HINT)


def _scores(words: Words) -> Scores:
    """What the words say for each sector; hints (投资, 项目) only where nothing speaks plainly."""
    total: dict[str, float] = {}
    for _, _, plain, _ in words:
        for code, weight in plain:
            total[code] = total.get(code, 0.0) + weight
    if not total:
        for _, _, _, hints in words:
            for code, weight in hints:
                total[code] = total.get(code, 0.0) + weight
    return total


def _share_out(total: dict[str, float], factor: float, scores: Scores) -> None:
    """Give each sector its part of `factor`, by its part of the scores; of a word or two of little weight, less."""
    whole: float = max(sum(scores.values()), _LITTLE)
    for code, score in scores.items():
        total[code] = total.get(code, 0.0) + factor * score / whole
