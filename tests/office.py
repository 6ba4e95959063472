"""A small office for tests of the whole program: two short documents, the shipped templates, an output folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    "朝阳市_2023-09-13.txt": """朝阳市人民政府新闻办公室新闻发布会
发布日期：2023-09-13

市人力资源和社会保障局副局长介绍有关情况。

一、就业工作。2023年1至8月，全市城镇新增就业12549人，同比增长17%。扶持创业带头人560名，带动就业2300人。
二、下一步工作。到2023年底，全市城镇新增就业将达到1.8万人，开展招聘活动不少于300场。
""",
    "鞍山市_2023-04-17.txt": """鞍山市政府新闻办公室召开新闻发布会
发布时间：2023-04-17

市人力资源和社会保障局介绍了相关情况。

2023年，全市城镇新增就业3.9万人左右，开展各类招聘活动不少于300场。2022年，全市城镇新增就业4.1万人，同比增长5.2%。
""",
}


@dataclass(frozen=True)
class Office:
    """A working folder."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def out(self) -> Path:
        return self.folder / "output"

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and error stream of one command."""
        self.capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def tree(self, *, run: bool = False) -> dict[str, bytes]:
        """Every published file that is not hidden; run.json, which tells times, only on request."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(self.out).parts)
            if run or path.name != "run.json"
        }


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """The office as the working folder."""
    folder = tmp_path / "office"
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "seeds").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return Office(folder, capsys)
