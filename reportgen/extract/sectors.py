"""Which sector a figure belongs to: what is measured speaks loudest, then its sentence, its headings and its agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from reportgen.vocabulary import Vocabulary

NAME, CLAUSE, SENTENCE, PARAGRAPH, HEADING, AGENCY = 3.0, 1.2, 14.0, 14.0, 3.0, 12.0
"""Weights: name and clause per word weight, sentence and paragraph shared out among the sectors, heading by depth."""


class SectorReader:
    """Scores texts by the vocabulary's sector words, longest first and without overlap."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the words of all sectors by their first two characters."""
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for sector in vocabulary.sectors:
            for word, weight in sector.words.items():
                weights[word][sector.code] = weight
        self._weights = weights
        index: dict[str, list[str]] = defaultdict(list)
        for word in sorted(weights, key=len, reverse=True):
            index[word[:2]].append(word)
        self._index = {start: tuple(words) for start, words in index.items()}
        self._agencies = {agency.short: agency.sector for agency in vocabulary.agencies}
        self._agencies |= {agency.full: agency.sector for agency in vocabulary.agencies}
        self._order = tuple(sector.code for sector in vocabulary.sectors)
        self._memory: dict[str, Mapping[str, float]] = {}

    def sector(
        self, name: str, clause: str, sentence: str, paragraph: str, headings: tuple[str, ...], agency: str
    ) -> tuple[str, bool]:
        """(sector code, whether it is sure): the best score; unsure where two are close or nothing speaks."""
        total: dict[str, float] = defaultdict(float)
        for words, factor in ((name, NAME), (clause, CLAUSE)):
            for code, score in self._scores(words).items():
                total[code] += factor * min(score, 12.0)
        for words, factor in ((sentence, SENTENCE), (paragraph, PARAGRAPH)):
            scores = self._scores(words)
            whole = sum(score for score in scores.values() if score > 0) or 1.0
            for code, score in scores.items():
                total[code] += factor * score / whole
        for depth, heading in enumerate(reversed(headings)):
            for code, score in self._scores(heading).items():
                total[code] += HEADING * score / (1 + depth)
        own = self._agencies.get(agency) or self._agencies.get(agency[1:])
        if own:
            total[own] += AGENCY
        if not total:
            return "government", False
        ranked = sorted(total, key=lambda code: (-total[code], self._order.index(code)))
        sure = len(ranked) == 1 or total[ranked[0]] >= 1.3 * total[ranked[1]]
        return ranked[0], sure

    def _scores(self, text: str) -> Mapping[str, float]:
        known = self._memory.get(text)
        if known is None:
            known = self._count(text)
            if len(self._memory) > 20000:
                self._memory.clear()
            self._memory[text] = known
        return known

    def _count(self, text: str) -> Mapping[str, float]:
        found: dict[str, float] = defaultdict(float)
        at, size = 0, len(text)
        while at < size:
            step = 1
            for word in self._index.get(text[at : at + 2], self._index.get(text[at : at + 1], ())):
                if text.startswith(word, at):
                    for code, weight in self._weights[word].items():
                        found[code] += weight
                    step = len(word)
                    break
            at += step
        return found
