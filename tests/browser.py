"""The evidence desk in a real Chromium, from opening it to a corrected figure in the PDF: `make browser`.

Needs Chromium (Debian: apt-get install chromium) and Playwright for Python. Arguments: a folder for two screenshots,
none by default. Prints what was measured; the exit code is 1 when anything does not hold.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
from desk_sample import desk
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, sync_playwright

from reportgen.evidence import render

ROOT = Path(__file__).parent.parent
REPORTGEN = [sys.executable, "-m", "reportgen"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Three figures of the page: one to mend, two of another place.
PICK = """() => {
  const d = JSON.parse(document.getElementById("data").textContent);
  const is = (row, name, text) => d.texts[row[d.fields.indexOf(name)]] === text;
  const mend = d.figures.find((row) => is(row, "indicator", "城镇新增就业") && is(row, "area", "鞍山市"));
  return [mend, ...d.figures.filter((row) => is(row, "area", "承德市"))].slice(0, 3).map((row) => row[0]);
}"""
GROWTH = """() => {
  const d = JSON.parse(document.getElementById("data").textContent);
  const is = (row, name, text) => d.texts[row[d.fields.indexOf(name)]] === text;
  return d.figures.find((row) => is(row, "measure", "growth") && is(row, "area", "朝阳市"))[0];
}"""
# How long each of 120 frames took while a box was scrolled from top to bottom, sorted.
SCROLL = """async (name) => {
  const box = document.querySelector(name), times = [];
  let last = performance.now();
  for (let i = 0; i < 120; i += 1) {
    box.scrollTop += box.scrollHeight / 130;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - last);
    last = performance.now();
  }
  return times.sort((a, b) => a - b);
}"""
# Selects the first refused number of the source.
SELECT = """() => {
  document.getElementById("with-rejected").click();
  const no = [...document.querySelectorAll(".no")].find((found) => /^[0-9.]+$/.test(found.textContent));
  const range = document.createRange();
  range.selectNodeContents(no);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
INSIDE = """() => {
  const now = document.querySelector(".fig.now").getBoundingClientRect();
  const box = document.getElementById("text").getBoundingClientRect();
  return now.top >= box.top && now.bottom <= box.bottom;
}"""
WIDTH = "async () => { const i = document.querySelector('#briefs img'); await i.decode(); return i.naturalWidth; }"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
OPEN_SECONDS = 2.0
FRAME_MILLISECONDS = 50.0
HOSTILE = """朝阳市人民政府新闻办公室新闻发布会</script><script>document.title="owned"</script>
发布日期：2023-09-20

<img src=x onerror=alert(1)>2023年1至8月，全市城镇新增就业12549人，同比增长17%。\u202eABC\u202c]]></style><!--data-->
<svg onload=alert(1)//
"""
# What is no whole tag is no markup that cleaning takes out.
LEFT = "<svg onload=alert(1)//"


def told(what: str, holds: bool, measured: object = "") -> bool:
    """Print one finding."""
    print(f"{'ok  ' if holds else 'FAIL'} {what}{f': {measured}' if measured != '' else ''}")
    return holds


def build(folder: Path) -> str:
    """Build the office in `folder`; what it said."""
    command = [*REPORTGEN, "build", "--format", "pdf,docx,html"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stderr


@contextmanager
def reviewing(folder: Path) -> Iterator[str]:
    """`reportgen review` in `folder`; its link."""
    with subprocess.Popen(
        [*REPORTGEN, "review", "--who", "张三"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.send_signal(2)
            server.wait(20)


def watched(page: Page) -> list[str]:
    """Everything that a page should not do, as it happens."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.accept()))
    page.on("request", lambda request: faults.append(request.url) if request.url.startswith("http") else None)
    return faults


def opened(page: Page, address: str) -> float:
    """Seconds until the page at `address` is ready."""
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return time.perf_counter() - begun


def reading(page: Page, folder: Path) -> Iterator[bool]:
    """Open, filter, step, jump from a briefing to the sentence and back."""
    faults = watched(page)
    issue = folder / "output/2023-09"
    yield told("opens from a folder, in seconds", opened(page, (issue / "evidence.html").as_uri()) < OPEN_SECONDS)
    page.keyboard.press("/")
    page.keyboard.type("就业")
    page.select_option("#by-area", "鞍山市")
    page.wait_for_timeout(300)
    rows = page.locator(".row").all_inner_texts()
    yield told("filters by text and area", bool(rows) and all("鞍山市" in row for row in rows), len(rows))
    page.keyboard.press("Escape")
    page.locator("#rows").focus()
    page.keyboard.press("n")
    page.keyboard.press("n")
    yield told("steps with the keyboard", page.locator('.row[aria-selected="true"]').inner_text() == rows[1])
    page.goto((issue / "cities/鞍山市.html").as_uri())
    page.locator(".evidence a.source").first.click()
    page.wait_for_selector("body[data-ready]")
    inside = page.evaluate(INSIDE)
    yield told("from a briefing to the sentence", inside, page.locator(".fig.now").inner_text())
    page.locator("#detail li", has_text="鞍山市").first.locator("button").first.click()
    back = page.locator("#tab-briefs").get_attribute("aria-selected") == "true"
    yield told("and back to its evidence number", back and page.locator("#brief").input_value() != "")
    page.locator("#briefs details", has_text="图").first.locator("summary").click()
    page.wait_for_selector("#briefs img")
    drawn = page.evaluate(WIDTH)
    yield told("the briefing's own chart is drawn", drawn > 100)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    yield told("prints the list", page.locator("#print tbody tr").count() > 100)
    yield told("asks the network for nothing, no fault in the console", not faults, faults or "")


def correcting(page: Page, folder: Path) -> Iterator[bool]:
    """Mend a value, refuse one, mark one that was missed; build; see them everywhere."""
    address = (folder / "output/2023-09/evidence.html").as_uri()
    opened(page, address)
    wanted = page.evaluate(PICK)
    page.keyboard.press("2")
    page.goto(f"{address}#{wanted[0]}")
    page.keyboard.press("a")
    page.locator("#show-pending").click()
    line = page.locator("#lines").input_value()
    yield told(
        "the page alone writes the line", line.startswith("figure_id,doc,quote,num,field") and "confirmed" in line
    )
    page.evaluate("localStorage.clear()")
    with reviewing(folder) as link:
        page.goto(link)
        page.wait_for_selector("body[data-ready]")
        page.evaluate(f"location.hash = '{wanted[0]}'")
        page.wait_for_selector("#detail h2")
        page.keyboard.press("e")
        page.fill("#m-value", "4.25万人")
        page.fill("#m-reason", "市人社局来电")
        page.locator("#mend-form button", has_text="保存").click()
        page.wait_for_selector("#say:has-text('已存')")
        page.evaluate(f"location.hash = '{wanted[1]}'")
        page.wait_for_selector(f"#{wanted[1]}.now")
        page.keyboard.press("x")
        page.locator("#mend-form button", has_text="保存").click()
        page.wait_for_selector("#detail:has-text('不是数据：1')")
        page.evaluate(SELECT)
        page.keyboard.press("m")
        page.fill("#m-indicator", "补记的指标")
        page.locator("#mend-form button", has_text="保存").click()
        page.wait_for_timeout(500)
        yield told("a used link opens nothing", page.request.get(link).status == 403)
    said = build(folder)
    yield told("the next run takes all of it", "corrections.csv" not in said, said if "corrections.csv" in said else "")
    table = (folder / "output/2023-09/tables/figures.csv").read_text(encoding="utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    mended = rows.get(wanted[0], {})
    yield told("figures.csv", mended.get("value") == "42500" and "value=corrected" in mended.get("known", ""))
    yield told("not a figure is gone", wanted[1] not in rows and wanted[2] in rows)
    added = [row for row in rows.values() if row["indicator"] == "补记的指标"]
    yield told("missed is there", len(added) == 1, added[0]["num"] if added else "")
    with pdfplumber.open(folder / "output/2023-09/cities/鞍山市.pdf") as pdf:
        text = "".join(sheet.extract_text() for sheet in pdf.pages)
    yield told("PDF", "42500" in text)
    document = Document(str(folder / "output/2023-09/cities/鞍山市.docx"))
    words = "".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    yield told("Word", "42500" in words)
    book = load_workbook(folder / "output/2023-09/tables/tables.xlsx")
    cells = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    yield told("workbook", 42500 in cells)
    opened(page, f"{address}#{wanted[0]}")
    page.wait_for_selector("#detail:has-text('更正记录')")
    yield told("the page shows it as corrected", "张三" in page.locator("#detail").inner_text())


def hostile(page: Page, folder: Path) -> Iterator[bool]:
    """Markup, script ends and direction marks of a source stay text."""
    (folder / "seeds/恶意.txt").write_text(HOSTILE, encoding="utf-8")
    title = "发布会</script><script>document.title='owned'</script>"
    (folder / "seeds/sources.csv").write_text(f"doc,title\n恶意.txt,{title}\n", encoding="utf-8")
    build(folder)
    faults = watched(page)
    opened(page, (folder / "output/2023-09/evidence.html").as_uri())
    named = page.locator("#document option", has_text="script").first
    page.locator("#document").select_option(value=named.get_attribute("value"))
    page.locator("#with-repairs").check()
    text = page.locator("#text").text_content() or ""
    made = page.locator("#text").locator("img, svg, style, script").count()
    yield told("markup is text", LEFT in text and "</script>" in text and not made, text[-60:])
    yield told("nothing of it ran", page.title() != "owned" and not faults, faults or "")


def large(page: Page, folder: Path) -> Iterator[bool]:
    """A hundred documents with twenty thousand figures."""
    path = folder / "large.html"
    path.write_bytes(render(desk(100, 200)))
    seconds = min(opened(page, path.as_uri()) for _ in range(3))
    yield told(f"20000 figures open within {OPEN_SECONDS:.0f} s", seconds < OPEN_SECONDS, f"{seconds:.2f} s")
    page.keyboard.press("2")
    for box in ("#rows", "#text"):
        frames: list[float] = page.evaluate(SCROLL, box)
        typical = f"median {frames[60]:.0f} ms, 95 % {frames[114]:.0f} ms"
        yield told(f"{box} scrolls smoothly", frames[60] < FRAME_MILLISECONDS, typical)


def pictures(browser: Any, folder: Path, into: Path) -> None:
    """The page at desktop and phone width, at a change among levels."""
    address = (folder / "output/2023-09/evidence.html").as_uri()
    for name, size in (("evidence", DESKTOP), ("evidence-phone", PHONE)):
        page = browser.new_page(viewport=size)
        opened(page, address)
        page.keyboard.press("2")
        page.evaluate(f"location.hash = ({GROWTH})()")
        page.wait_for_selector(".fig.now")
        page.wait_for_timeout(300)
        page.screenshot(path=into / f"{name}.png")


def main() -> int:
    """Everything, in a new folder."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        folder = Path(name)
        for part in ("seeds", "templates"):
            shutil.copytree(ROOT / part, folder / part)
        build(folder)
        browser = player.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        if len(sys.argv) > 1:
            pictures(browser, folder, Path(sys.argv[1]))
        good = []
        for part in (reading, correcting, hostile, large):
            print(f"\n{part.__name__}: {(part.__doc__ or '').strip()}")
            page = browser.new_context(viewport=DESKTOP).new_page()
            good += list(part(page, folder))
            page.close(run_before_unload=False)
        browser.close()
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
