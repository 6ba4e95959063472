// The list: filters, order, and only the rows that are on the screen.
const ROW = 54;
const filters = [
  ["by-area", "全部地区", "area", (value) => value],
  ["by-sector", "全部领域", "sector", (value) => sectorNames.get(value) || value],
  ["by-status", "目标与实际", "status", (value) => words.status[value]],
  ["by-measure", "全部类型", "measure", (value) => words.measure[value]],
  ["by-document", "全部材料", "doc", (value) => data.documents[value].title || data.documents[value].name],
];
const states = {
  doubted: ["存疑", isDoubted],
  changed: ["已更正", isChanged],
  confirmed: ["已核对", isConfirmed],
  open: ["未核对", (index) => !isConfirmed(index) && !isChanged(index)],
  repaired: ["修复后读出", (index) => /=repaired/.test(get(index, "known"))],
  implied: ["含推定", (index) => /=implied/.test(get(index, "known"))],
  unnamed: ["无指标编码", (index) => !get(index, "indicator_id")],
  unprinted: ["简报未印", (index) => !get(index, "places").length],
};
const orders = {
  doubt: ["存疑在前", (index) => (isDoubted(index) ? 0 : 1)],
  place: ["按原文顺序", () => 0],
  area: ["按地区", (index) => get(index, "area")],
  sector: ["按领域", (index) => data.sectors.findIndex((sector) => sector[0] === get(index, "sector"))],
  indicator: ["按指标", (index) => get(index, "indicator")],
  value: ["按数值", (index) => -Number(get(index, "value"))],
  period: ["按时期", (index) => get(index, "period_end")],
};
const haystacks = [];

function haystack(index) {
  if (haystacks[index] === undefined) {
    const { before, mark, after } = sentence(index);
    const parts = [get(index, "id"), get(index, "area"), get(index, "indicator"), sectorNames.get(get(index, "sector")),
      get(index, "indicator_id"), get(index, "value"), get(index, "section"), get(index, "agency"), before + mark + after];
    haystacks[index] = parts.join("\n").toLowerCase();
  }
  return haystacks[index];
}

function fillFilters() {
  for (const [id, all, name, label] of filters) {
    const counts = new Map();
    for (let index = 0; index < figures.length; index += 1) {
      const value = get(index, name);
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    const found = [...counts].filter(([value]) => value !== "");
    if (name === "sector") found.sort((one, other) => data.sectors.findIndex((s) => s[0] === one[0]) - data.sectors.findIndex((s) => s[0] === other[0]));
    if (name === "area") found.sort((one, other) => data.areas.indexOf(one[0]) - data.areas.indexOf(other[0]));
    $(id).replaceChildren(h("option", { value: "" }, all),
      ...found.map(([value, count]) => h("option", { value: String(value) }, `${label(value)}（${count}）`)));
  }
  $("by-state").replaceChildren(h("option", { value: "" }, "全部状态"),
    ...Object.entries(states).map(([value, [label]]) => h("option", { value }, label)));
  $("sort").replaceChildren(...Object.entries(orders).map(([value, [label]]) => h("option", { value }, label)));
}

let listed = false;

// Made when it is first needed: a page of twenty thousand figures opens on its doubts.
function openList() {
  if (listed) return;
  listed = true;
  fillFilters();
  applyFilters();
}

function applyFilters() {
  const wanted = filters.map(([id, , name]) => [name, $(id).value]).filter(([, value]) => value !== "");
  const test = $("by-state").value ? states[$("by-state").value][1] : null;
  const terms = $("find").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const order = [];
  for (let index = 0; index < figures.length; index += 1) {
    if (wanted.every(([name, value]) => String(get(index, name)) === value) && (!test || test(index)) &&
        terms.every((term) => haystack(index).includes(term))) order.push(index);
  }
  const key = orders[$("sort").value][1];
  const keys = new Map(order.map((index) => [index, key(index)]));
  order.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    return a < b ? -1 : a > b ? 1 : one - other;
  });
  state.order = order;
  $("found").textContent = `${order.length} 项，共 ${figures.length} 项`;
  $("height").style.height = `${order.length * ROW}px`;
  $("rows").scrollTop = 0;
  drawRows();
}

function flagsOf(index) {
  const flags = [];
  if (isDoubted(index)) flags.push(h("span", { class: "flag doubt" }, "疑"));
  if (isChanged(index)) flags.push(h("span", { class: "flag changed" }, "改"));
  if (isConfirmed(index)) flags.push(h("span", { class: "flag" }, "✓"));
  if (state.pending.some((line) => line.figure_id === get(index, "id"))) flags.push(h("span", { class: "flag changed" }, "待生效"));
  return flags;
}

function row(place) {
  const index = state.order[place];
  const status = get(index, "status");
  const measure = get(index, "measure");
  const kind = measure === "level" ? "" : `　${words.measure[measure]}`;
  const element = h("div", {
    class: "row", role: "option", id: `r${place}`, "aria-selected": String(index === state.chosen),
    "aria-setsize": state.order.length, "aria-posinset": place + 1,
  },
  h("span", {}, `${get(index, "area")}　${get(index, "indicator") || "（未命名）"}`, flagsOf(index)),
  h("span", { class: `value ${status}` }, `${status === "actual" ? "●" : "○"} ${printed(index)}`),
  h("span", { class: "under" }, `${get(index, "period_text")}　${sectorNames.get(get(index, "sector")) || get(index, "sector")}${kind}`),
  h("span", { class: "under" }, words.status[status]));
  element.style.top = `${place * ROW}px`;
  element.addEventListener("click", () => choose(index, { show: true }));
  return element;
}

function drawRows() {
  if (!listed) return;
  const rows = $("rows");
  const first = Math.max(0, Math.floor(rows.scrollTop / ROW) - 6);
  const last = Math.min(state.order.length, Math.ceil((rows.scrollTop + rows.clientHeight) / ROW) + 6);
  const found = [];
  for (let place = first; place < last; place += 1) found.push(row(place));
  rows.replaceChildren($("height"), ...found);
  const place = state.order.indexOf(state.chosen);
  if (place >= first && place < last) rows.setAttribute("aria-activedescendant", `r${place}`);
  else rows.removeAttribute("aria-activedescendant");
}

function revealRow() {
  const place = state.order.indexOf(state.chosen);
  const rows = $("rows");
  if (place >= 0 && (place * ROW < rows.scrollTop || (place + 1) * ROW > rows.scrollTop + rows.clientHeight)) {
    rows.scrollTop = place * ROW - rows.clientHeight / 3;
  }
  drawRows();
}

function step(by) {
  openList();
  if (!state.order.length) return;
  const place = state.order.indexOf(state.chosen);
  const next = place < 0 ? (by > 0 ? 0 : state.order.length - 1) : place + by;
  if (next >= 0 && next < state.order.length) choose(state.order[next]);
}
