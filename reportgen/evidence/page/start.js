// Tabs, keys, addresses after #, printing; then the first screen.
const drawn = new Set();
const tabs = { doubts: drawDoubts, figures: openList, briefs: drawBriefs, coverage: drawCoverage };

function tab(name) {
  state.tab = name;
  for (const other of Object.keys(tabs)) {
    $(other).hidden = other !== name;
    $(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
  }
  if (!drawn.has(name)) tabs[name]();
  drawn.add(name);
  if (name === "figures") drawRows();
}

// #f0123456789ab is a figure, #cities/朝阳市/1-3 an evidence number of a briefing.
function go(address) {
  const name = decodeURIComponent(address);
  if (indexOf.has(name)) { choose(indexOf.get(name), { show: true }); return true; }
  const [path, number] = [name.slice(0, name.lastIndexOf("/")), name.slice(name.lastIndexOf("/") + 1)];
  const place = data.briefings.findIndex((briefing) => briefing.path === path);
  const entry = place >= 0 && data.briefings[place].entries.find(([known]) => known === number);
  if (!entry) return false;
  tab("briefs");
  $("brief").value = String(place);
  drawBriefing(place);
  choose(entry[1][0], { show: true });
  $(`${path}/${number}`).scrollIntoView({ block: "nearest" });
  return true;
}

const keys = [
  ["n  j", "下一项", () => step(1)], ["p  k", "上一项", () => step(-1)],
  ["a", "核对无误，到下一项", () => state.chosen >= 0 && accept(state.chosen)],
  ["e", "更正", () => state.chosen >= 0 && openMend(state.chosen)],
  ["x", "不是数据", () => state.chosen >= 0 && refuse(state.chosen)],
  ["m", "选中的数是漏掉的数据", openMissed],
  ["/", "查找", () => { tab("figures"); pane("list"); $("find").focus(); $("find").select(); }],
  ["r", "显示或隐藏未取的数", () => { $("with-rejected").click(); }],
  ["1  2  3  4", "待核、数据、简报、覆盖", null], ["?", "这张表", () => $("help").showModal()],
];

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]),select,textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.target.id === "rows" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (/^[1-4]$/.test(event.key)) { tab(Object.keys(tabs)[Number(event.key) - 1]); return; }
  const found = keys.find(([names, , act]) => act && names.split("  ").includes(event.key));
  if (found) { event.preventDefault(); found[2](); }
}

function onTabKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const names = Object.keys(tabs);
  const next = names[(names.indexOf(state.tab) + by + names.length) % names.length];
  tab(next);
  $(`tab-${next}`).focus();
}

function fillPrint() {
  openList();
  const rows = state.order.map((index) => h("tr", {}, [get(index, "area"), get(index, "indicator"), `${get(index, "status") === "actual" ? "●" : "○"} ${printed(index)}`,
    get(index, "period_text"), (() => { const { before, mark, after } = sentence(index); return `${before}【${mark}】${after}`; })(), isChanged(index) ? "更正" : isDoubted(index) ? "存疑" : ""].map((text) => h("td", {}, text))));
  $("print").replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, ["地区", "指标", "数", "时期", "原句", "核对"].map((name) => h("th", {}, name)))), h("tbody", {}, rows)));
}

function start() {
  const [year, month] = data.month.split("-");
  $("issue").textContent = `${year}年${Number(month)}月`;
  const targets = figures.reduce((sum, _, index) => sum + (get(index, "status") === "target" ? 1 : 0), 0);
  $("counts").textContent = `${data.documents.length} 份材料，${figures.length} 项数据：● 实际 ${figures.length - targets}，○ 目标 ${targets}；更正 ${data.changes.filter((change) => change[2] !== "confirmed").length}${review ? "；可直接保存更正" : ""}`;
  recall();
  $("document").replaceChildren(...data.documents.map((document, place) => h("option", { value: place }, `${document.area} ${document.title || document.name}`)));
  $("legend").replaceChildren(
    h("span", {}, h("span", { class: "fig actual" }, "实际"), " 粗体实线"), h("span", {}, h("span", { class: "fig target" }, "目标"), " 虚线"),
    h("span", {}, "↗↘ 增减"), h("span", {}, "◔ 占比"), h("span", {}, "№ 位次"), h("span", {}, "⟲ 原值"), h("span", {}, h("span", { class: "mended" }, "波线"), " 修复"), h("span", {}, h("span", { class: "no" }, "删去线"), " 未取"));
  $("keys").replaceChildren(...keys.flatMap(([names, label]) => [h("dt", {}, names), h("dd", {}, label)]));
  for (const button of $("tabs").children) button.addEventListener("click", () => tab(button.id.slice(4)));
  $("tabs").addEventListener("keydown", onTabKey);
  for (const button of $("panes").children) button.addEventListener("click", () => pane(button.dataset.pane));
  let waiting = 0;
  $("find").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(applyFilters, 120); });
  for (const [id] of [...filters, ["by-state"], ["sort"]]) $(id).addEventListener("change", applyFilters);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(applyFilters));
  let frame = 0;
  $("rows").addEventListener("scroll", () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(drawRows); }, { passive: true });
  addEventListener("resize", drawRows);
  $("document").addEventListener("change", () => showDocument(Number($("document").value)));
  for (const id of ["with-rejected", "with-repairs"]) $(id).addEventListener("change", () => { showDocument(state.document, true); if (state.chosen >= 0 && get(state.chosen, "doc") === state.document) reveal(state.chosen); });
  $("text").addEventListener("click", (event) => {
    const told = event.target.closest(".mended,.gone,.no");
    if (told) say(told.title);
    const link = event.target.closest("a.fig");
    if (!link) return;
    event.preventDefault();
    choose(indexOf.get(link.id));
    pane("detail");
  });
  $("missed").addEventListener("click", openMissed);
  $("show-pending").addEventListener("click", () => $("pending").showModal());
  $("show-help").addEventListener("click", () => $("help").showModal());
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  $("copy").addEventListener("click", async () => {
    $("lines").select();
    try { await navigator.clipboard.writeText($("lines").value); } catch { document.execCommand("copy"); }
    say("已复制");
  });
  $("download").addEventListener("click", () => {
    const link = h("a", { href: URL.createObjectURL(new Blob(["\ufeff", $("lines").value], { type: "text/csv" })), download: "corrections.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  $("drop-pending").addEventListener("click", () => { state.pending = []; remember(); afterPending(); });
  addEventListener("keydown", onKey);
  addEventListener("hashchange", () => go(location.hash.slice(1)));
  addEventListener("beforeprint", fillPrint);
  addEventListener("beforeunload", (event) => { if (!kept && state.pending.some((line) => !line.saved)) event.preventDefault(); });
  tab(figures.length > 0 && !data.problems.length ? "figures" : "doubts");
  afterPending();
  if (data.documents.length) showDocument(0);
  if (location.hash.length > 1 && !go(location.hash.slice(1))) say("本期没有这个编号");
  document.body.dataset.ready = "1";
}

start();
