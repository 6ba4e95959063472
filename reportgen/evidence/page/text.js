// The source: one document at a time as text, its figures as links, repairs and refused numbers on request.
function figuresIn(document) {
  const found = [];
  for (let index = 0; index < figures.length; index += 1) if (get(index, "doc") === document) found.push(index);
  return found.sort((one, other) => get(one, "start") - get(other, "start"));
}

// A number with its unit stays on one line; what is longer may break. No box of its own may follow it: a line could
// then begin with the full stop.
const longestWhole = 16;

function figureLink(index, children) {
  const measure = get(index, "measure");
  const kinds = ["fig", get(index, "status"), measure];
  if (measure === "growth" && get(index, "value").startsWith("-")) kinds.push("down");
  if (isDoubted(index)) kinds.push("doubted");
  else if (isConfirmed(index)) kinds.push("confirmed");
  if (isChanged(index)) kinds.push("changed");
  if (get(index, "tail") - get(index, "start") <= longestWhole) kinds.push("whole");
  const label = `${words.status[get(index, "status")]} ${words.measure[measure]} ${printed(index)}，${get(index, "area")} ${get(index, "indicator")}`;
  return h("a", { class: kinds.join(" "), id: get(index, "id"), href: `#${get(index, "id")}`, "aria-label": label }, children);
}

function layersOf(place) {
  const document = data.documents[place];
  const layers = [figuresIn(place).map((index) => ({
    start: get(index, "start"), end: get(index, "tail"), make: (children) => figureLink(index, children),
  }))];
  if ($("with-rejected").checked) {
    layers.push(document.rejected.map(([start, end, , rule]) => ({
      start, end, make: (children) => h("span", { class: "no", title: `不是数据：${rule}` }, children),
    })));
  }
  const repairs = document.repairs.filter(([, , , , damage]) => damage || $("with-repairs").checked);
  layers.push(repairs.map(([start, end, before, fixes, damage, lossy]) => ({
    start, end, make: (children) => {
      const title = `${fixes}：原为“${shown(before)}”${lossy ? "（原文有缺失）" : ""}`;
      const kinds = `${damage ? " damage" : ""}${lossy ? " lossy" : ""}`;
      return start === end ? h("span", { class: `gone${kinds}`, title, role: "img", "aria-label": title }, "‸")
        : h("span", { class: `mended${kinds}`, title, tabindex: "-1" }, children);
    },
  })));
  return layers;
}

// The text of [start, end) with the items of each layer around their part; an item that crosses an edge is cut there.
function pieces(text, start, end, layers, level, cursors) {
  if (level === layers.length) return start < end ? [shown(text.slice(start, end))] : [];
  const found = [];
  const items = layers[level];
  let at = start;
  while (cursors[level] > 0 && items[cursors[level] - 1].end > start) cursors[level] -= 1;
  for (let place = cursors[level]; place < items.length && items[place].start < end; place += 1) {
    const item = items[place];
    cursors[level] = place;
    if (item.end < at || (item.end === at && item.end > item.start) || item.start < at) continue;
    found.push(...pieces(text, at, item.start, layers, level + 1, cursors));
    const last = Math.min(item.end, end);
    found.push(item.make(pieces(text, item.start, last, layers, level + 1, cursors)));
    at = last;
  }
  found.push(...pieces(text, at, end, layers, level + 1, cursors));
  return found;
}

function showDocument(place, again) {
  if (place === state.document && !again) return;
  state.document = place;
  $("document").value = String(place);
  const document = data.documents[place];
  const about = [document.area, document.date, document.publisher, document.name].filter(Boolean).join("　");
  const head = [h("h2", {}, document.title || document.name), h("p", { class: "muted" }, about)];
  const layers = layersOf(place);
  const cursors = layers.map(() => 0);
  const paragraphs = [];
  let start = 0;
  for (const line of document.text.split("\n")) {
    const end = start + line.length;
    if (line.trim()) {
      const paragraph = h("p", { "data-start": start });
      paragraph.append(...pieces(document.text, start, end, layers, 0, cursors));
      paragraphs.push(paragraph);
    }
    start = end + 1;
  }
  $("text").replaceChildren(...head, ...paragraphs);
  $("text").scrollTop = 0;
}

function reveal(index) {
  showDocument(get(index, "doc"));
  for (const old of $("text").querySelectorAll(".now,.here")) old.classList.remove("now", "here");
  const link = $(get(index, "id"));
  if (!link) return;
  link.classList.add("now");
  const paragraph = link.closest("p");
  if (paragraph) paragraph.classList.add("here");
  link.scrollIntoView({ block: "center" });
}

function revealSpan(place, start) {
  showDocument(place);
  const paragraphs = [...$("text").querySelectorAll("p[data-start]")];
  const found = paragraphs.filter((paragraph) => Number(paragraph.dataset.start) <= start).pop();
  for (const old of $("text").querySelectorAll(".now,.here")) old.classList.remove("now", "here");
  if (found) {
    found.classList.add("here");
    found.scrollIntoView({ block: "center" });
  }
  pane("text");
}
