"""What is packed for another process comes out equal, figures that were one object as one object."""

from pathlib import Path

import sample_briefing as sample

from reportgen.model import Comparisons, Extraction
from reportgen.parcel import pack, unpack
from reportgen.pipeline.documents import Task, extract_document
from reportgen.read.limits import Limits

ROOT = Path(__file__).parent.parent


def extraction(start: str) -> Extraction:
    path = next((ROOT / "seeds").glob(f"{start}*"))
    found = extract_document(Task(path, path.name, None, Limits(), None)).extraction
    assert found is not None and found.figures
    return found


def test_what_is_unpacked_equals_what_was_packed() -> None:
    for value in ((), None, Comparisons(), extraction("001"), sample.city()):
        assert unpack(pack(value)) == value


def test_one_figure_stays_one_figure() -> None:
    figure, other = extraction("004").figures[:2]
    twice, once = unpack(pack({"all": (figure, other, figure), "best": figure})).values()
    assert twice[0] is twice[2] is once and twice[1] == other


def test_columns_repeat_no_sentence() -> None:
    found = extraction("001")
    sentences = {figure.sentence for figure in found.figures}
    packed = pack(found.figures)
    assert all(packed.count(sentence.encode()) == 1 for sentence in sentences if len(sentence) > 40)
