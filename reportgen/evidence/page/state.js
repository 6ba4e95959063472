// What is known: the data of the page, the figure chosen, corrections not yet in the file.
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const review = JSON.parse($("review").textContent);
const column = Object.fromEntries(data.fields.map((name, index) => [name, index]));
const textColumns = new Set([...data.texts_in, "period_text", "known", "short"]);
const figures = data.figures;
const indexOf = new Map(figures.map((row, index) => [row[0], index]));
const sectorNames = new Map(data.sectors);
const words = {
  status: { actual: "实际", target: "目标" },
  measure: { level: "数值", growth: "增减", share: "占比、比率", rank: "位次", baseline: "原值" },
  qualifier: { eq: "等于", ge: "以上", le: "以内", approx: "左右" },
  known: { literal: "原文", repaired: "修复后", inherited: "承前", implied: "推定", corrected: "更正" },
  code: {
    correction: "更正文件", contradictory: "数不一致", "far-apart": "相差很大", "parts-exceed-total": "分项之和超过合计",
    guessed: "字段系推断", "growth-mismatch": "增幅对不上", picture: "图片", ungrounded: "原文无此数", truncated: "文件不完整", "missing glyph": "缺字", character: "字符",
  },
  severity: { error: "错误", warning: "注意", doubt: "存疑" },
};
const fieldNames = {
  num: "原数", unit: "原单位", value: "数值", value_high: "上限", base_unit: "单位", qualifier: "限定", measure: "类型",
  status: "目标/实际", period: "时期", period_end: "期末", area: "地区", sector: "领域", indicator: "指标",
  indicator_id: "指标编码", agency: "发布单位", section: "章节", not_a_figure: "不是数据", missed: "漏掉的数", confirmed: "核对无误",
};
const state = { tab: "doubts", chosen: -1, document: -1, order: [], pending: [], stamp: null };

function get(index, name) {
  const value = figures[index][column[name]];
  return textColumns.has(name) ? data.texts[value] : value;
}

const doubtsOf = new Map();
data.problems.forEach((problem, at) => {
  for (const index of problem[6]) doubtsOf.set(index, [...(doubtsOf.get(index) || []), at]);
});
const changesOf = new Map();
data.changes.forEach((change) => {
  if (change[0] >= 0) changesOf.set(change[0], [...(changesOf.get(change[0]) || []), change]);
});
const isConfirmed = (index) => (changesOf.get(index) || []).some((change) => change[2] === "confirmed");
const isChanged = (index) => get(index, "known").includes("=corrected");
const isDoubted = (index) => doubtsOf.has(index) && !isConfirmed(index);

// Direction marks and controls would reorder or hide their neighbours: shown as what they are, a foreign body.
const shown = (text) => String(text).replace(/[\u0000-\u0008\u000b-\u001f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === false) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === "") continue;
    element.append(child instanceof Node ? child : shown(child));
  }
  return element;
}

const printed = (index) => {
  const measure = get(index, "measure");
  const before = measure === "rank" && !get(index, "unit") ? "第" : "";
  const right = get(index, "short");
  return `${before}${get(index, "num")}${get(index, "unit")}${right ? ` → ${right}` : ""}`;
};

function sentence(index) {
  const text = data.documents[get(index, "doc")].text;
  const [start, tail] = [get(index, "start"), get(index, "tail")];
  let from = start;
  while (from > 0 && !/[。！？\n]/.test(text[from - 1]) && start - from < 400) from -= 1;
  let to = tail;
  while (to < text.length && !/[。！？\n]/.test(text[to]) && to - tail < 400) to += 1;
  return { before: text.slice(from, start).trimStart(), mark: text.slice(start, tail), after: text.slice(tail, to + (text[to] === "\n" ? 0 : 1)) };
}

let sayTimer = 0;
function say(message) {
  $("say").textContent = message;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => { $("say").textContent = ""; }, 4000);
}
