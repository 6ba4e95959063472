"""The stages together: which issue, from which inputs, made once, the same everywhere, never from a lying cache."""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from office import DOCUMENTS, ROOT, Office, office
from sample_briefing import city

from reportgen import pipeline, vocabulary
from reportgen.executors import Outcome as Settled
from reportgen.model import Comparisons, Extraction, Problem
from reportgen.pipeline import cache, codec
from reportgen.pipeline.documents import Failure, Reading, Task, extract_document
from reportgen.pipeline.journal import Journal
from reportgen.pipeline.printing import Printed, PrintTask
from reportgen.pipeline.request import Intake, Outcome
from reportgen.pipeline.standing import made_of
from reportgen.publish import Plan, read_manifest
from reportgen.read.limits import Limits
from reportgen.workers import WorkerDiedError

__all__ = ["office", "pipeline"]
CITY, OTHER = DOCUMENTS


def rows(office: Office, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(office.tree()[name].decode("utf-8-sig"))))


def test_the_newest_publication_month_is_the_issue(office: Office) -> None:
    office.run("build")
    assert {name.split("/")[0] for name in office.tree()} == {"2023-09"}
    assert {row["doc"] for row in rows(office, "2023-09/tables/figures.csv")} == {CITY, OTHER}


def test_a_month_knows_what_was_published_up_to_its_end(office: Office) -> None:
    assert office.run("build", "--month", "2023-04")[0] == 0
    assert {row["doc"] for row in rows(office, "2023-04/tables/figures.csv")} == {OTHER}
    assert not [name for name in office.tree() if "朝阳市" in name]
    run = json.loads(office.tree(run=True)["2023-04/run.json"])
    assert {item["doc"]: item["status"] for item in run["documents"]} == {CITY: "published later", OTHER: "read"}
    assert "2023-09: " in office.run("build")[2], "an earlier issue of the same documents is not the newest one"


def test_a_month_without_documents_has_an_issue_that_says_so(office: Office) -> None:
    assert office.run("build", "--month", "2023-06")[0] == 0
    briefings = {Path(name).name for name in office.tree() if name.endswith((".pdf", ".docx"))}
    assert briefings == {"月报.pdf", "月报.docx"}
    assert office.run("build", "--month", "2024-01")[0] == 0


def test_sources_csv_says_what_a_document_does_not(office: Office) -> None:
    (office.folder / "seeds" / "bare.txt").write_text("城镇新增就业2.5万人。\n", encoding="utf-8")
    code, _, err = office.run("build")
    assert code == 3 and "bare.txt" in err and "sources.csv" in err
    listing = "doc,area,published,title\nbare.txt,阜新市,2023-10,阜新市统计公报\n"
    (office.folder / "seeds" / "sources.csv").write_text(listing, encoding="utf-8")
    assert office.run("build")[0] == 0
    assert any(row["area"] == "阜新市" for row in rows(office, "2023-10/tables/figures.csv"))


def test_the_manifest_tells_inputs_outputs_and_figures(office: Office) -> None:
    office.run("build")
    manifest = read_manifest(office.out / "2023-09")
    assert {f"seeds/{CITY}", f"seeds/{OTHER}", "templates/house.toml"} <= set(manifest["inputs"])
    known = {row["id"] for row in rows(office, "2023-09/tables/figures.csv")}
    pdf = next(entry for name, entry in manifest["outputs"].items() if name.endswith("朝阳市.pdf"))
    assert pdf["figures"] and set(pdf["figures"]) <= known
    published = {name.removeprefix("2023-09/") for name in office.tree()} - {"manifest.json"}
    assert set(manifest["outputs"]) == published


@pytest.mark.parametrize("arguments", [("--force",), ("--jobs", "2", "--force")])
def test_same_inputs_same_bytes(office: Office, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("build")
    first = office.tree()
    shutil.rmtree(office.out)
    monkeypatch.setenv("TZ", "America/New_York")
    assert office.run("build", *arguments)[0] == 0
    assert office.tree() == first


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "document": lambda folder: edit(folder / "seeds" / CITY, "560", "561"),
    "list": lambda folder: (folder / "seeds" / "sources.csv").write_text(
        f"doc,area\n{CITY},阜新市\n", encoding="utf-8"
    ),
    "house style": lambda folder: edit(folder / "templates" / "house.toml", "#C1121F", "#C1121E"),
    "settings": lambda folder: (folder / "reportgen.toml").write_text('[office]\ncopies = "20"\n', encoding="utf-8"),
    "output damaged": lambda folder: (folder / "output/2023-09/月报.pdf").write_bytes(b"damaged"),
    "output gone": lambda folder: (folder / "output/2023-09/月报.docx").unlink(),
    "document gone": lambda folder: (folder / "seeds" / OTHER).unlink(),
}


def test_whatever_changes_is_made_again_as_from_nothing(office: Office) -> None:
    office.run("build")
    for name, change in CHANGES.items():
        change(office.folder)
        assert "nothing to do" not in office.run("build")[2], name
        built = office.tree()
        shutil.rmtree(office.out)
        office.run("build")
        assert office.tree() == built, name
    assert "nothing to do" in office.run("build")[2]


def test_a_person_who_edits_a_draft_causes_no_work_and_keeps_it(office: Office) -> None:
    office.run("build")
    draft = next(office.out.rglob("朝阳市.docx"))
    draft.write_bytes(b"edited")
    assert "nothing to do" in office.run("build")[2]
    edit(office.folder / "seeds" / CITY, "560", "561")
    code, _, err = office.run("build", "--quiet")
    assert code == 0 and "朝阳市.docx" in err and "the new version is cities/朝阳市.新稿.docx" in err
    assert draft.read_bytes() == b"edited" and draft.with_name("朝阳市.新稿.docx").exists()


def test_a_new_value_arrives_in_an_edited_draft(office: Office) -> None:
    office.run("build")
    path = next(office.out.rglob("朝阳市.docx"))
    draft = docx.Document(str(path))
    note = next(paragraph for paragraph in draft.paragraphs if "创业" in paragraph.text)
    note.insert_paragraph_before("请办公室核对。")
    draft.save(str(path))
    edit(office.folder / "seeds" / CITY, "560", "561")
    assert "merge output/2023-09/cities/朝阳市.docx" in office.run("build", "--dry-run")[1]
    code, _, err = office.run("build")
    assert code == 0 and "cities/朝阳市.docx: the new version is in your draft: " in err
    body = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert "请办公室核对。" in body and "561" in body and "<w:ins " in body
    assert "nothing to do" in office.run("build")[2]
    before = path.read_bytes()
    assert "the new version is in your draft" not in office.run("build", "--force")[2], "said once"
    assert path.read_bytes() == before


def test_the_same_document_twice_is_read_once(office: Office) -> None:
    office.run("extract", "seeds", "--out", "once")
    shutil.copy(office.folder / "seeds" / CITY, office.folder / "seeds" / "龙.txt")
    code, _, err = office.run("extract", "seeds", "--out", "twice")
    assert code == 0 and f"龙.txt: the same document as {CITY}" in err
    assert (office.folder / "once/figures.csv").read_bytes() == (office.folder / "twice/figures.csv").read_bytes()


def test_two_files_that_cannot_be_read_are_not_one_document(office: Office) -> None:
    for name in ("a.txt", "b.txt"):
        os.mkfifo(office.folder / "seeds" / name)
    code, _, err = office.run("extract", "seeds", "--out", "x")
    assert code == 3 and "a.txt, b.txt: left out: this is not a regular file" in err and "the same document" not in err


def test_hidden_files_owner_files_notes_and_folders_are_no_documents(office: Office) -> None:
    for name in ("~$草稿.docx", ".hidden.txt", "README.md"):
        (office.folder / "seeds" / name).write_text("城镇新增就业9人。", encoding="utf-8")
    (office.folder / "seeds" / "old.txt").mkdir()
    assert office.run("extract", "seeds", "--out", "x", "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    ("plan", "failures", "news", "code"),
    [
        (Plan(write=("a",)), 0, True, 0),
        (Plan(), 0, False, 0),
        (Plan(write=("a",)), 1, True, 3),
        (Plan(same=("a",)), 1, True, 3),
        (Plan(), 1, False, 3),
        (Plan(), 1, True, 1),
    ],
)
def test_the_exit_code_says_whether_all_some_or_nothing_was_made(
    plan: Plan, failures: int, news: bool, code: int
) -> None:
    assert Outcome("2023-09", plan, (Failure("read", "a.txt", "empty"),) * failures, news).exit_code == code


def test_documents_that_were_lost_together_are_read_again_each_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def losing(_: str, work: Callable[..., Any], batches: Iterator[tuple[Task, ...]]) -> Iterator[Settled[Any]]:
        for batch in batches:
            asked.append([task.name for task in batch])
            alone = len(batch) == 1 and batch[0].name == CITY
            yield Settled(work(batch)) if alone else Settled(error=WorkerDiedError("gone"))

    monkeypatch.setattr("reportgen.pipeline.intake.outcomes", losing)
    code, _, err = office.run("extract", "seeds", "--out", "x")
    assert asked == [[CITY, OTHER], [CITY], [OTHER]]
    assert code == 3 and f"{OTHER}: left out: gone" in err


def test_of_very_many_doubts_a_thousand_are_told_and_all_are_counted() -> None:
    intake = Intake((), problems=(Problem("doubt", "x", "x"),) * 1001)
    issue = SimpleNamespace(month="2023-09", sources=(), comparisons=Comparisons())
    made = Printed("a"), Printed("b", kept=True), Printed("c", failure=Failure("render", "c", "no"))
    told = Journal().record(intake, issue, made, 3)  # type: ignore[arg-type]
    assert (len(told["problems"]), told["problem_count"]) == (1000, 1001)
    assert (told["briefings_made"], told["briefings_kept"]) == (1, 1)
    assert [item["status"] for item in told["briefings"]] == ["made", "kept", "left out"]


def test_only_new_documents_are_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("build")
    (office.folder / "seeds" / "新.txt").write_text(DOCUMENTS[CITY].replace("560", "570"), encoding="utf-8")
    read = []

    def noted(tasks: Sequence[Task]) -> tuple[Reading, ...]:
        read.extend(task.name for task in tasks)
        return tuple(map(extract_document, tasks))

    monkeypatch.setattr("reportgen.pipeline.intake.extract_guarded", noted)
    office.run("build")
    assert read == ["新.txt"]
    shutil.rmtree(office.out / ".cache")
    office.run("build", "--month", "2023-04")
    assert sorted(read) == sorted(["新.txt", "新.txt", CITY, OTHER])


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    path = ROOT / "seeds" / "001_6f44fe436a03f785.txt"
    found = extract_document(Task(path, path.name, None, Limits(), None)).extraction
    assert found is not None and found.figures
    return found


def test_the_cache_gives_back_what_it_was_given(extraction: Extraction, tmp_path: Path) -> None:
    assert codec.decode(Extraction, json.loads(json.dumps(codec.encode(extraction)))) == extraction
    cache.keep(tmp_path, "key", extraction)
    assert cache.recall(tmp_path, "key", Extraction) == extraction
    assert cache.recall(tmp_path, "other", Extraction) is None


def test_every_word_number_and_chart_of_a_briefing_counts_when_it_is_told_whether_it_stands() -> None:
    whole = city()
    for block in whole.blocks:
        briefing = replace(whole, blocks=(block,))
        tasks = [PrintTask(changed, "a", (), Path(), None) for changed in (briefing, *variants(briefing))]
        digests = [made_of(task, "a") for task in tasks]
        assert len(set(digests)) == len(digests) > 7
    others = [
        PrintTask(whole, path, (), Path(), None, native, desk)
        for path, native, desk in product("ab", (True, False), "ab")
    ]
    assert len({made_of(task, look) for task in others for look in "ab"}) == 16


def variants(value: Any) -> Iterator[Any]:
    """`value` with one of its leaves changed at a time; of a drawing that its chart decides only the size."""
    if isinstance(value, (str, bytes)):
        yield value[:0] if value else type(value)(b"x" if isinstance(value, bytes) else "x")
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float, Decimal)):
        yield value + 1
    elif isinstance(value, date):
        yield value.replace(year=value.year + 1)
    elif isinstance(value, tuple):
        yield from (
            (*value[:place], changed, *value[place + 1 :])
            for place, item in enumerate(value)
            for changed in variants(item)
        )
    elif is_dataclass(value) and not isinstance(value, type):
        names = [item.name for item in fields(value) if item.name not in ("png", "ops")]
        yield from (replace(value, **{name: changed}) for name in names for changed in variants(getattr(value, name)))


def test_a_damaged_or_forged_cache_is_not_believed(extraction: Extraction, tmp_path: Path) -> None:
    cache.keep(tmp_path, "key", extraction)
    path = tmp_path / "key.json"
    good = path.read_bytes()
    body = good.split(b"\n", 1)[1]
    for bad in (b"", good[:-1], good[:200], good.replace(b'"3.9"', b'"9.3"', 1), b"\n" + body, b"\xff" * 99):
        path.write_bytes(bad)
        assert cache.recall(tmp_path, "key", Extraction) is None
    path.rename(tmp_path / "moved.json")
    (tmp_path / "moved.json").write_bytes(good)
    assert cache.recall(tmp_path, "moved", Extraction) is None, "an entry answers to its own key only"
    cache.keep(tmp_path / "moved.json" / "no folder", "key", extraction)


def test_the_cache_is_bounded_and_keeps_what_is_in_use(extraction: Extraction, tmp_path: Path) -> None:
    for key in ("old", "new"):
        cache.keep(tmp_path, key, extraction)
    (tmp_path / ".left.part").touch()
    cache.trim(tmp_path, frozenset(["new"]), 1000)
    assert {path.name for path in tmp_path.iterdir()} == {"old.json", "new.json"}
    cache.trim(tmp_path, frozenset(["new"]), 0)
    assert {path.name for path in tmp_path.iterdir()} == {"new.json"}


def test_every_sector_of_the_vocabulary_can_be_a_file() -> None:
    from reportgen.publish import check_name

    for sector in vocabulary.load().sectors:
        check_name(sector.name)
