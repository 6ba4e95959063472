// One figure with all its fields, how each is known, where it is printed, what is doubted and what was corrected.
const shownFields = ["indicator", "indicator_id", "value", "value_high", "base_unit", "num", "unit", "qualifier", "measure",
  "status", "period", "period_end", "area", "sector", "agency", "section"];

function printedField(index, name) {
  const value = get(index, name);
  if (name === "sector") return `${sectorNames.get(value) || value}　${value}`;
  if (name === "period") return `${get(index, "period_text")}　${value}`;
  if (name === "indicator_id") return data.indicators[value] ? `${data.indicators[value]}　${value}` : value || "—";
  if (words[name]) return words[name][value] || value;
  return value === "" || value === null ? "—" : value;
}

function placeItem([briefing, where, number]) {
  const { path, title, files } = data.briefings[briefing];
  const links = files.map((file) => h("a", { href: encodeURI(file), target: "_blank", rel: "noopener" }, file.split(".").pop()));
  const back = number ? h("button", { type: "button", class: "link", onclick: () => go(`${path}/${number}`) }, `［${number}］`) : "";
  return h("li", {}, `${path.split("/").pop()}　${where} `, back, " ", links.flatMap((link) => [link, " "]), h("span", { class: "muted" }, title === path ? "" : title));
}

function changeItem([, , field, before, after, reason, who, date]) {
  const what = field === "confirmed" ? "核对无误" : `${fieldNames[field] || field}：${before || "—"} → ${after || "—"}`;
  return h("li", {}, `✎ ${what}`, h("span", { class: "muted" }, `　${[reason, who, date].filter(Boolean).join("，")}`));
}

function showDetail(index) {
  const known = Object.fromEntries(get(index, "known").split(";").filter(Boolean).map((pair) => pair.split("=")));
  const { before, mark, after } = sentence(index);
  const status = get(index, "status");
  const fields = shownFields.filter((name) => name !== "value_high" || get(index, name)).map((name) => h("tr", {},
    h("th", { scope: "row" }, fieldNames[name]), h("td", {}, printedField(index, name)),
    h("td", { class: `how ${known[name] || ""}` }, words.known[known[name]] || "")));
  const pending = state.pending.filter((line) => line.figure_id === get(index, "id"));
  const places = get(index, "places");
  $("detail").replaceChildren(
    h("p", { class: "muted" }, `${get(index, "area")}　${get(index, "period_text")}　${words.status[status]}`),
    h("h2", { class: status }, `${status === "actual" ? "●" : "○"} ${printed(index)}`, flagsOf(index)),
    h("p", {}, get(index, "indicator") || "（未命名）"),
    h("p", { class: "quote" }, before, h("b", {}, mark), after),
    h("div", { class: "buttons" },
      h("button", { type: "button", onclick: () => accept(index) }, "无误 (a)"),
      h("button", { type: "button", onclick: () => openMend(index) }, "更正 (e)"),
      h("button", { type: "button", onclick: () => refuse(index) }, "不是数据 (x)")),
    ...(doubtsOf.get(index) || []).map((at) => h("p", { class: "card doubt" }, h("span", { class: `kind ${data.problems[at][0]}` }, words.severity[data.problems[at][0]]), `　${data.problems[at][2]}`)),
    pending.length ? h("h3", {}, "尚未生效的更正") : "",
    h("ul", { class: "plain" }, pending.map((line) => h("li", {}, `${fieldNames[line.field] || line.field}：${line.value}`, h("span", { class: "muted" }, line.saved ? "　已存，下次生成时生效" : "　未存")))),
    (changesOf.get(index) || []).length ? h("h3", {}, "更正记录") : "",
    h("ul", { class: "plain" }, (changesOf.get(index) || []).map(changeItem)),
    h("h3", {}, "各字段及来源"), h("table", {}, h("tbody", {}, fields)),
    h("h3", {}, places.length ? "印于" : "简报未印此数"), h("ul", { class: "plain" }, places.map(placeItem)),
    h("p", { class: "muted" }, `编号 ${get(index, "id")}　${data.documents[get(index, "doc")].name} 第 ${get(index, "raw")} 字${get(index, "page") ? `　第 ${get(index, "page")} 页` : ""}`));
}

function choose(index, { show = false } = {}) {
  state.chosen = index;
  showDetail(index);
  reveal(index);
  revealRow();
  if (show) pane("text");
  if (location.hash !== `#${get(index, "id")}`) history.replaceState(null, "", `#${get(index, "id")}`);
}

function pane(name) {
  document.body.dataset.pane = name;
  for (const button of $("panes").children) button.setAttribute("aria-pressed", String(button.dataset.pane === name));
}
