/* What the page can do beyond being read: search and filters, the evidence panel, copying a line, reports side by side.
   The page is complete without it. No request is made; nothing is stored but the choice of light or dark.
   These files are one program: html.py joins them, in one function, in the order that it names them. */
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const W = JSON.parse($("#words").textContent);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
const make = (tag, set = {}, ...inner) => {
  const element = Object.assign(document.createElement(tag), set);
  element.append(...inner);
  return element;
};
const later = (work, wait) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
};
const byId = (id) => (id ? document.getElementById(id) : null);

/* The stories of the pile. */
const stories = $$("article.story").map((root) => {
  const holder = $("script.room-data", root);
  const data = holder ? JSON.parse(holder.textContent) : { reports: [], passages: [] };
  for (const report of data.reports)
    report.n = ($("h4", byId(report.a))?.textContent || "").slice(report.s.length).trim();
  return { root, data, at: new Map(data.reports.map((report, k) => [report.a, k])), room: null, answers: null };
});
const storyOf = (node) => stories.find((story) => story.root.contains(node));
let current = stories[0];
const many = document.body.classList.contains("many");

/* Offsets of a report to places in the page. */
const maps = new WeakMap();
function textMap(sheet) {
  if (maps.has(sheet)) return maps.get(sheet);
  const nodes = [];
  for (const p of $$(".text p", sheet)) {
    let at = Number(p.dataset.o);
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data].length;
      nodes.push({ node, p, start: at, end: at + points, astral: points !== node.data.length });
      at += points;
    }
  }
  maps.set(sheet, nodes);
  return nodes;
}
const unit = (entry, offset) => (entry.astral ? [...entry.node.data].slice(0, offset).join("").length : offset);
function rangeOf(sheet, start, end) {
  const nodes = textMap(sheet);
  const first = nodes.find((entry) => entry.end > start);
  if (!first) return null;
  let last = first;
  for (const entry of nodes) if (entry.start < end && entry.end > start) last = entry;
  const range = document.createRange();
  range.setStart(first.node, unit(first, Math.max(0, start - first.start)));
  range.setEnd(last.node, unit(last, Math.max(0, Math.min(end, last.end) - last.start)));
  return range;
}
const words = (sheet, start, end) => {
  const range = rangeOf(sheet, start, end);
  return range ? range.toString() : "";
};
const canMark = typeof Highlight === "function" && CSS.highlights;
/* The marks' colours stand here, for only the script can set them, and validators do not know them yet. */
if (canMark) {
  const tint = (n, share) => `background-color: color-mix(in srgb, var(--p${n}) ${share}%, transparent)`;
  const rules = [1, 2, 3].flatMap((n) => [
    `::highlight(with${n}-verbatim) { text-decoration: underline 2.5px var(--p${n}); ${tint(n, 9)} }`,
    `::highlight(with${n}-near) { text-decoration: underline 2px dashed var(--p${n}); ${tint(n, 9)} }`,
    `::highlight(with${n}-translated) { text-decoration: underline 1.5px dotted var(--p${n}); ${tint(n, 7)} }`,
  ]);
  rules.push(
    "::highlight(edited) { color: var(--gone); background-color: var(--gone-wash) }",
    "::highlight(evidence), ::highlight(active), ::highlight(found) { background-color: var(--hit) }",
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join("\n"));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
function mark(name, ranges) {
  if (!canMark) return;
  const kept = ranges.filter(Boolean);
  if (!kept.length) {
    CSS.highlights.delete(name);
    return;
  }
  const marked = new Highlight(...kept);
  marked.priority = { evidence: 3, active: 2, edited: 1 }[name] || 0;
  CSS.highlights.set(name, marked);
}
const parse = (link) => {
  const found = /^#(.+)-(\d+)$/.exec(link.getAttribute("href"));
  return found && { a: found[1], start: +found[2], end: +link.dataset.w };
};

/* The command that tells why a line is there; its id holds as long as the reports handed in are the same. */
const explained = (line) => `stemma explain ${line.dataset.x} ${W.panel.paths}`;
