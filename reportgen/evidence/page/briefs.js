// The other tabs: what is doubtful, the briefings with their own charts and tables, which area reports on what.
function problemCard(problem) {
  const [severity, , message, place, start, , touched] = problem;
  const where = place >= 0 ? data.documents[place].title || data.documents[place].name : "";
  const links = touched.slice(0, 12).map((index) => h("button", { type: "button", class: "link", onclick: () => choose(index, { show: true }) }, `${get(index, "area")} ${printed(index)}`));
  if (!touched.length && place >= 0 && start >= 0) links.push(h("button", { type: "button", class: "link", onclick: () => revealSpan(place, start) }, "看原文"));
  return h("div", { class: `card ${severity}` },
    h("p", {}, message, touched.length && touched.every(isConfirmed) ? "　✓ 已核对" : ""), where ? h("p", { class: "muted" }, where) : "", h("p", {}, links.flatMap((link) => [link, "　"])));
}

// Problems of one kind together, the gravest kinds first; a long group is opened by whoever wants it.
function problemGroups() {
  const groups = new Map();
  for (const problem of data.problems) {
    const name = `${problem[0]}\n${problem[1]}`;
    groups.set(name, [...(groups.get(name) || []), problem]);
  }
  return [...groups.values()].map((found) => {
    const [severity, code] = found[0];
    const box = h("details", { class: "group" }, h("summary", {}, h("span", { class: `kind ${severity}` }, words.severity[severity]), `　${words.code[code] || code}（${found.length}）`));
    const fill = () => { if (box.open && box.children.length === 1) box.append(...found.map(problemCard)); };
    box.addEventListener("toggle", fill);
    box.open = found.length <= 12;
    fill();
    return box;
  });
}

function drawDoubts() {
  const repaired = data.documents.map((document, place) => [place, document.repairs.filter((repair) => repair[4])]).filter(([, found]) => found.length);
  const rejected = data.documents.reduce((sum, document) => sum + document.rejected.length, 0);
  const changed = data.changes.filter((change) => change[2] !== "confirmed");
  const open = data.problems.filter((problem) => !(problem[6].length && problem[6].every(isConfirmed)));
  $("doubt-count").textContent = String(open.length);
  $("doubts").replaceChildren(
    ...(data.problems.length ? problemGroups() : [h("p", { class: "muted" }, "没有发现问题。")]),
    h("h3", {}, `人工更正（${changed.length}）`),
    h("ul", { class: "plain" }, changed.map((change) => h("li", {}, change[0] >= 0 ? h("button", { type: "button", class: "link", onclick: () => choose(change[0], { show: true }) }, `${get(change[0], "area")} ${get(change[0], "indicator")}`) : change[1], changeItem(change)))),
    h("h3", {}, "原文损坏处的修复"),
    h("ul", { class: "plain" }, repaired.map(([place, found]) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => revealSpan(place, found[0][0]) }, `${data.documents[place].title || data.documents[place].name}：${found.length} 处`))),
      repaired.length ? "" : h("li", { class: "muted" }, "没有损坏的文字。")),
    h("h3", {}, "未取作数据的数"),
    h("p", {}, `${rejected} 个，`, h("button", { type: "button", class: "link", onclick: () => { $("with-rejected").checked = true; showDocument(state.document, true); pane("text"); } }, "在原文中显示"), "，指着看理由。"));
}

function tableOf(item) {
  const head = [];
  for (let place = 0; place < item.head.length; place += 1) {
    head.push(h("th", { scope: "col", colspan: item.joined[place] ? 2 : undefined }, item.head[place]));
    if (item.joined[place]) place += 1;
  }
  const piece = (part) => (Array.isArray(part) ? h("button", { type: "button", class: "link", onclick: () => choose(part[1], { show: true }) }, part[0]) : shown(part));
  const line = (parts, at) => [at ? h("br") : "", ...parts.map(piece)];
  const rows = item.rows.map((cells) => h("tr", {}, cells.map((lines) => h("td", {}, lines.flatMap(line)))));
  return h("div", { class: "scroll" }, h("table", { class: "brief" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)),
    item.notes.map((note) => h("p", { class: "muted" }, note)));
}

function chartOf(item) {
  const image = h("img", { alt: item.caption, loading: "lazy", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(data.charts[item.chart])}` });
  return h("div", {}, image, h("p", {}, item.figures.slice(0, 40).flatMap((index) => [h("button", { type: "button", class: "link", onclick: () => choose(index, { show: true }) }, `${get(index, "area")} ${printed(index)}`), "　"])));
}

function drawBriefing(place) {
  const briefing = data.briefings[place];
  const entries = briefing.entries.map(([number, found]) => h("div", { class: "entry", id: `${briefing.path}/${number}` },
    h("button", { type: "button", class: "link", onclick: () => go(`${briefing.path}/${number}`) }, `［${number}］`),
    h("span", {}, found.flatMap((index) => [h("button", { type: "button", class: "link", onclick: () => choose(index, { show: true }) }, printed(index)), ` ${get(index, "indicator")}　`]))));
  const shownItems = briefing.shown.map((item) => {
    const box = h("details", {}, h("summary", {}, item.caption || "表"));
    box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(item.kind === "chart" ? chartOf(item) : tableOf(item)); });
    return box;
  });
  $("brief-body").replaceChildren(
    h("p", {}, briefing.files.flatMap((file) => [h("a", { href: encodeURI(file), target: "_blank", rel: "noopener" }, file.split("/").pop()), "　"])),
    h("h3", {}, "图表"), ...shownItems, h("h3", {}, "出处编号"), ...entries);
}

function drawBriefs() {
  const select = h("select", { id: "brief", "aria-label": "简报" }, data.briefings.map((briefing, place) => h("option", { value: place }, `${briefing.path}`)));
  select.addEventListener("change", () => drawBriefing(Number(select.value)));
  $("briefs").replaceChildren(data.briefings.length ? select : h("p", { class: "muted" }, "本期没有简报。"), h("div", { id: "brief-body" }));
  if (data.briefings.length) drawBriefing(0);
}

function drawCoverage() {
  const counts = new Map();
  for (let index = 0; index < figures.length; index += 1) {
    const area = get(index, "area");
    const line = counts.get(area) || new Map();
    line.set(get(index, "sector"), (line.get(get(index, "sector")) || 0) + 1);
    counts.set(area, line);
  }
  const total = (line) => [...line.values()].reduce((sum, count) => sum + count, 0);
  const areas = data.areas.map((area) => [area, counts.get(area)]);
  const heat = (count) => (count > 30 ? 4 : count > 15 ? 3 : count > 5 ? 2 : count ? 1 : 0);
  const only = (area, sector) => { openList(); $("filters").reset(); $("by-area").value = area; $("by-sector").value = sector; applyFilters(); tab("figures"); };
  const cellOf = (area, sector, count) => h("td", { class: `h${heat(count)}` }, count ? h("button", { type: "button", "aria-label": `${area} ${sectorNames.get(sector)} ${count} 项`, onclick: () => only(area, sector) }, String(count)) : "—");
  $("coverage").replaceChildren(h("p", { class: "muted" }, "地区 × 领域的数据项数；— 为材料未公布。点数字看清单。"),
    h("table", { class: "map" }, h("thead", {}, h("tr", {}, h("td"), data.sectors.map(([, name]) => h("th", { scope: "col" }, name)), h("th", { scope: "col" }, "合计"))),
      h("tbody", {}, areas.map(([area, line]) => h("tr", {}, h("th", { scope: "row" }, area), data.sectors.map(([code]) => cellOf(area, code, line.get(code) || 0)), h("td", {}, String(total(line))))))));
}
