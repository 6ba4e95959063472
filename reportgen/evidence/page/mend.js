// Corrections: a form for one figure, the line for corrections.csv, saving through `reportgen review`.
const columns = ["figure_id", "doc", "quote", "num", "field", "value", "reason", "who", "date"];
const mendable = ["indicator", "indicator_id", "value", "value_high", "unit", "base_unit", "qualifier", "measure", "status", "period", "area", "sector"];
const store = `reportgen-corrections-${data.month}`;

let kept = true;

function remember() {
  try {
    localStorage.setItem(store, JSON.stringify(state.pending.filter((line) => !line.saved)));
    kept = true;
  } catch { kept = false; /* a page from a file share may keep nothing */ }
}

// Lines of an earlier visit and, under review, of everybody; not those that this issue was already made with.
function recall() {
  let lines = [];
  try {
    const found = JSON.parse(localStorage.getItem(store) || "[]");
    if (Array.isArray(found)) lines = found.filter((line) => line && typeof line.field === "string");
  } catch { lines = []; }
  if (review) lines.push(...review.lines.map((line) => ({ ...line, saved: true })));
  const picked = new Set(data.changes.map((change) => [change[2], change[6], change[7]].join("\n")));
  state.pending = lines.filter((line) => !picked.has([line.field, line.who, line.date].join("\n")));
}

// A spreadsheet would run what begins like a formula; a quotation mark before it keeps it text. The reader takes it off.
const cell = (text) => {
  const safe = /^[=+\-@\t\r＝＋－＠']/.test(text) && !/^[+-]?[0-9]+(\.[0-9]+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csv = (lines) => [columns.join(","), ...lines.map((line) => columns.map((name) => cell(line[name] || "")).join(","))].join("\r\n") + "\r\n";

// The words around a number, the number itself in 【】: enough to find it again when its id has changed.
function quoteOf(place, start, end) {
  const text = data.documents[place].text;
  const inLine = (from, to) => {
    let [left, right] = [Math.max(0, from), Math.min(text.length, to)];
    const [newline, next] = [text.lastIndexOf("\n", start - 1), text.indexOf("\n", end)];
    left = Math.max(left, newline + 1);
    right = next < 0 ? right : Math.min(right, next);
    return [left, right];
  };
  let span = inLine(start - 16, end + 16);
  for (const reach of [16, 32, 64, 128, 256]) {
    span = inLine(start - reach, end + reach);
    const quote = text.slice(...span);
    if (text.indexOf(quote) === text.lastIndexOf(quote)) break;
  }
  return `${text.slice(span[0], start)}【${text.slice(start, end)}】${text.slice(end, span[1])}`;
}

const numberOf = (index) => data.documents[get(index, "doc")].text.slice(get(index, "start"), get(index, "end"));

function lineFor(index, field, value, reason, who) {
  const document = get(index, "doc");
  return {
    figure_id: get(index, "id"), doc: data.documents[document].name, num: numberOf(index),
    quote: quoteOf(document, get(index, "start"), get(index, "end")), field, value, reason, who, date: today(),
  };
}

const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
};

function whoAmI() {
  try { return localStorage.getItem("reportgen-who") || (review && review.who) || ""; } catch { return (review && review.who) || ""; }
}

async function keep(lines) {
  if (review) {
    const answer = await save(lines);
    if (!answer) return false;
    lines.forEach((line) => { line.saved = true; });
    say(`已存入 ${review.file}：${lines.length} 行；下次生成时生效`);
  } else say(`记下 ${lines.length} 行更正；用“更正”按钮复制或下载`);
  state.pending.push(...lines);
  remember();
  afterPending();
  return true;
}

async function save(lines) {
  try {
    const answer = await fetch("corrections", {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: { "Content-Type": "application/json", "X-Reportgen-Review": review.token },
      body: JSON.stringify({ key: data.key, lines: lines.map((line) => Object.fromEntries(columns.map((name) => [name, line[name] || ""]))) }),
    });
    const said = await answer.json();
    if (answer.ok) return said;
    say(`没有存：${said.error}`);
  } catch { say("没有存：核对服务已停止，请重新运行 reportgen review"); }
  return null;
}

function afterPending() {
  $("pending-count").textContent = String(state.pending.filter((line) => !line.saved).length);
  $("lines").value = csv(state.pending);
  $("pending-hint").textContent = review
    ? `更正已逐条存入 ${review.file}，下次 reportgen build 时生效；以下是本次所存。`
    : "把这些行加到 seeds/corrections.csv（没有这个文件就下载后放进 seeds/），下次 reportgen build 时生效。运行 reportgen review 可直接保存。";
  drawRows();
  if (state.chosen >= 0) showDetail(state.chosen);
}

async function accept(index) {
  if (await keep([lineFor(index, "confirmed", "1", "", whoAmI())])) step(1);
}

async function refuse(index) {
  const answer = await ask(`${get(index, "area")} ${printed(index)}：不是数据`, []);
  if (answer) await keep([lineFor(index, "not_a_figure", "1", answer.reason, answer.who)]);
}

function input(name, value) {
  const options = { sector: data.sectors, status: Object.entries(words.status), measure: Object.entries(words.measure), qualifier: Object.entries(words.qualifier) }[name];
  if (options) {
    const select = h("select", { name, id: `m-${name}` }, options.map(([code, label]) => h("option", { value: code }, label)));
    select.value = value;
    return select;
  }
  const element = h("input", { name, id: `m-${name}`, autocomplete: "off", list: name === "area" || name === "indicator_id" ? `of-${name}` : undefined });
  element.value = value;
  return element;
}

// Asks for fields, a reason and a name; null where nothing was entered.
function ask(title, fields) {
  const who = h("input", { name: "who", id: "m-who", autocomplete: "name" });
  who.value = whoAmI();
  const areas = h("datalist", { id: "of-area" }, [...new Set(data.documents.map((document) => document.area))].map((value) => h("option", { value })));
  const ids = h("datalist", { id: "of-indicator_id" }, Object.entries(data.indicators).map(([value, name]) => h("option", { value }, name)));
  const grid = h("div", { class: "grid" },
    fields.flatMap(([name, value, note]) => [h("label", { for: `m-${name}` }, fieldNames[name] || name), input(name, value), note ? h("span", { class: "was" }, note) : ""]),
    h("label", { for: "m-reason" }, "理由"), h("input", { name: "reason", id: "m-reason", autocomplete: "off" }),
    h("label", { for: "m-who" }, "更正人"), who);
  $("mend-form").replaceChildren(h("h2", { id: "mend-title" }, title), grid, areas, ids,
    h("div", { class: "buttons" }, h("button", { value: "save" }, review ? "保存" : "记下"), h("button", { value: "cancel", formnovalidate: true }, "取消")));
  const dialog = $("mend");
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "save") return resolve(null);
      const given = Object.fromEntries(new FormData($("mend-form")));
      try { localStorage.setItem("reportgen-who", given.who); } catch { /* kept for this time only */ }
      return resolve(given);
    }, { once: true });
  });
}

async function openMend(index) {
  const notes = { value: `按${get(index, "base_unit") || "原单位"}计的数，如 39000；也可写 3.9万`, period: "2023、2023-01/2023-08、../2025、P1Y", value_high: "只用于范围", unit: "原文的单位，改了会重算数值" };
  const answer = await ask(`更正：${get(index, "area")} ${printed(index)}`, mendable.map((name) => [name, String(get(index, name)), notes[name]]));
  if (!answer) return;
  const changed = mendable.filter((name) => answer[name] !== String(get(index, name)));
  if (!changed.length) { say("没有改动"); return; }
  await keep(changed.map((name) => lineFor(index, name, answer[name], answer.reason, answer.who)));
}

// The number that is selected in the source, as offsets of its text.
function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const paragraph = (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement).closest("#text p[data-start]");
  if (!paragraph || !paragraph.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(range.startContainer, range.startOffset);
  const length = (part) => {
    const copy = part.cloneContents();
    for (const mark of copy.querySelectorAll(".gone")) mark.remove();
    return copy.textContent.length;
  };
  const start = Number(paragraph.dataset.start) + length(before);
  return [state.document, start, start + length(range)];
}

async function openMissed() {
  const span = selectedSpan();
  const text = span && data.documents[span[0]].text.slice(span[1], span[2]);
  const found = text && /\d[\d.,]*(?:[-—–~～至到]\d[\d.,]*)?|[一二三四五六七八九十百千两零〇]+/.exec(text);
  if (!found) { say("先在原文里选中漏掉的数，再按 m"); return; }
  const [start, end] = [span[1] + found.index, span[1] + found.index + found[0].length];
  const document = data.documents[span[0]].text;
  const near = figuresIn(span[0]).filter((index) => get(index, "start") <= start).pop();
  const from = (name, otherwise) => (near === undefined ? otherwise : get(near, name));
  const unit = /^[万亿千百]{0,2}[%％‰]?(?:个百分点|平方米|公里|人次|[\u4e00-\u9fff])?/.exec(document.slice(end, end + 8))[0];
  const answer = await ask(`漏掉的数：${found[0]}${unit}`, [
    ["indicator", ""], ["unit", unit], ["measure", "level"], ["status", from("status", "actual")], ["qualifier", "eq"],
    ["period", from("period", data.documents[span[0]].date.slice(0, 4))], ["area", from("area", data.documents[span[0]].area)],
    ["sector", from("sector", data.sectors[0][0])]]);
  if (!answer) return;
  const given = ["indicator", "unit", "measure", "status", "qualifier", "period", "area", "sector"].filter((name) => answer[name])
    .map((name) => `${name}=${answer[name].replaceAll(";", "；")}`).join(";");
  await keep([{ figure_id: "", doc: data.documents[span[0]].name, quote: quoteOf(span[0], start, end), num: found[0], field: "missed", value: given, reason: answer.reason, who: answer.who, date: today() }]);
}
