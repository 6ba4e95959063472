"""Where the sentences of a section happen: what was named before and holds for 全县, 该村 and what goes on with them.

Sentences go in, in their order; the place of each comes out, empty for the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.extract.areas import WHOLE, Mention, display
from reportgen.vocabulary import Division, Vocabulary

# 在喀左县平房子村，…: where all that the sentence tells is found
_OPENING = re.compile("[一-龥]{0,8}[,，]")
_LOCAL = {
    "prefecture": re.compile("[全该][市州盟](?!场)"),
    "county": re.compile("[全该][县旗村镇乡](?!域)|[县旗]财政"),
}


class Ground:
    """The place in which the sentences of a section happen, where they go on with one that was named before."""

    def __init__(self, own: Division | None, vocabulary: Vocabulary) -> None:
        """`own` is the document's place."""
        self._own, self._vocabulary = own, vocabulary
        self._spoken: tuple[str, Division] | None = None
        self._holds = False

    def of(self, sentence: str, scanned: Sequence[Mention], named: tuple[Mention, ...]) -> str:
        """The place that holds for the whole sentence, empty for the document's own; sentences come in their order."""
        place = ""
        if named:
            division = named[-1][2]
            self._spoken = display(sentence, named[-1], self._vocabulary), division
            self._holds = sentence.startswith("在") and bool(_OPENING.match(sentence, named[-1][1]))
            self._holds = self._holds and len(named) == 1 and named[0][0] == 1
            place = self._spoken[0] if self._holds else ""
        elif self._spoken and not scanned and self._own:
            local = self._is_local(sentence, self._spoken[1], self._own)
            self._holds = (self._holds or local) and (local or not WHOLE.search(sentence))
            place = self._spoken[0] if self._holds else ""
        else:
            self._holds = False
        return place

    @staticmethod
    def _is_local(sentence: str, spoken: Division, own: Division) -> bool:
        """Whether 全县, 该村 and the like can only mean the place spoken of, or one in it."""
        words = _LOCAL.get(spoken.level) if spoken.level != own.level else None
        return bool(words and words.search(sentence))
