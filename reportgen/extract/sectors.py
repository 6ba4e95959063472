"""Which sector a figure belongs to: what is measured speaks loudest, then its sentence, its headings and its agency."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from reportgen.vocabulary import Vocabulary

NAME, CLAUSE, SENTENCE, PARAGRAPH, HEADING, AGENCY = 3.0, 1.2, 14.0, 14.0, 3.0, 12.0
"""Weights: name and clause per word weight, sentence and paragraph shared out among the sectors, heading by depth."""
_LOUDEST = 12.0
"""So much of a name's or clause's score counts at most, that a long list of words does not outvote everything else."""
_CLOSE = 1.3
_MEMORY = 4096
Scores = Mapping[str, float]


class SectorReader:
    """Scores texts by the vocabulary's sector words, longest first and without overlap. Built once per vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the words of all sectors by their first two characters."""
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for sector in vocabulary.sectors:
            for word, weight in sector.words.items():
                weights[word][sector.code] = weight
        self._weights = {word: tuple(found.items()) for word, found in weights.items()}
        index: dict[str, list[str]] = defaultdict(list)
        for word in sorted(weights, key=len, reverse=True):
            index[word[:2]].append(word)
        self._index = {start: tuple(words) for start, words in index.items()}
        first, second = ("".join(sorted({word[at : at + 1] for word in weights})) for at in (0, 1))
        single = "".join(sorted(word for word in weights if len(word) == 1))
        self._starts = re.compile(
            f"[{re.escape(first)}](?=[{re.escape(second)}])" + (f"|[{re.escape(single)}]" if single else "")
        )
        self._agencies = {agency.short: agency.sector for agency in vocabulary.agencies}
        self._agencies |= {agency.full: agency.sector for agency in vocabulary.agencies}
        self._order = {sector.code: place for place, sector in enumerate(vocabulary.sectors)}
        self._memory: dict[str, Scores] = {}

    def context(self, paragraph: str, headings: tuple[str, ...], agency: str) -> Scores:
        """What the surroundings of a section's figures say, to be handed to `sector`."""
        total: dict[str, float] = defaultdict(float)
        _share_out(total, PARAGRAPH, self._count(paragraph))
        for depth, heading in enumerate(reversed(headings)):
            for code, score in self._scores(heading).items():
                total[code] += HEADING * score / (1 + depth)
        own = self._agencies.get(agency) or self._agencies.get(agency[1:])
        if own:
            total[own] += AGENCY
        return total

    def sector(self, name: str, clause: str, sentence: str, context: Scores) -> tuple[str, bool]:
        """(sector code, whether it is sure): the best score; unsure where two are close or nothing speaks."""
        total = defaultdict(float, context)
        for text, factor in ((name, NAME), (clause, CLAUSE)):
            for code, score in self._scores(text).items():
                total[code] += factor * min(score, _LOUDEST)
        _share_out(total, SENTENCE, self._scores(sentence))
        if not total:
            return "government", False
        ranked = sorted(total, key=lambda code: (-total[code], self._order[code]))
        sure = len(ranked) == 1 or total[ranked[0]] >= _CLOSE * total[ranked[1]]
        return ranked[0], sure

    def _scores(self, text: str) -> Scores:
        """`_count`, remembered: a sentence is asked for once per figure."""
        known = self._memory.get(text)
        if known is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            known = self._memory[text] = self._count(text)
        return known

    def _count(self, text: str) -> Scores:
        found: dict[str, float] = defaultdict(float)
        done = 0
        for start in self._starts.finditer(text):
            at = start.start()
            if at < done:
                continue
            for word in self._index.get(text[at : at + 2]) or self._index.get(text[at], ()):
                if text.startswith(word, at):
                    for code, weight in self._weights[word]:
                        found[code] += weight
                    done = at + len(word)
                    break
        return found


def _share_out(total: dict[str, float], factor: float, scores: Scores) -> None:
    """Give each sector its part of `factor`, by its part of the scores."""
    whole: float = sum(scores.values())
    for code, score in scores.items():
        total[code] += factor * score / whole
