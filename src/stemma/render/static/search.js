/* Search and filters. */
const tools = $(".tools"),
  status = make("span", { className: "status", role: "status" });
const field = make("input", { type: "search", placeholder: W.page.search_hint });
field.setAttribute("aria-label", W.page.search);
const filters = {};
const selector = (key, label) => {
  const select = make("select", { onchange: () => sift() });
  filters[key] = select;
  const box = make("label", { hidden: true }, label, select);
  return box;
};
const boxes = {
  family: selector("family", W.page.family),
  report: selector("report", W.page.outlet),
  language: selector("language", W.page.language),
};
function fillFilters() {
  const reports = current?.data.reports || [];
  const options = {
    family: new Map(reports.map((r) => [r.f, r.f])),
    report: new Map(reports.map((r) => [r.s, r.s + " " + r.n])),
    language: new Map(reports.map((r) => [r.l, W.languages[r.l] || r.l])),
  };
  for (const [key, select] of Object.entries(filters)) {
    select.replaceChildren(
      make("option", { value: "" }, W.page.all),
      ...[...options[key]].map(([value, label]) =>
        make("option", { value }, label.length > 60 ? label.slice(0, 58) + "…" : label),
      ),
    );
    boxes[key].hidden = options[key].size < 2;
  }
  field.value = "";
  toggle.hidden = Object.values(boxes).every((box) => box.hidden);
  sift();
}
const sifted = new Set(),
  endings = JSON.parse($("#endings").textContent);
const kinds = ["disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence"],
  SENTENCES = 8,
  MARKED = 400;
/* Whether a piece of the page has all the words that are asked for, in any of the page's languages. */
const folded = new WeakMap();
const meeting = (asked) => {
  const tables = [null, ...Object.values(endings)];
  return stemmaFind.termsOf(asked, current?.index?.spoken || {}).map((term) => {
    const tests = term.flatMap((word) => tables.map((table) => stemmaFind.sought(word, table)));
    return (other) => tests.some((test) => test(other));
  });
};
/* The text of a piece of the page, its boxes apart. */
const read = (node) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT),
    found = [];
  for (let text = walker.nextNode(), box = null; text; text = walker.nextNode()) {
    const own = text.parentElement.closest("p, li, td, th, h4, div, dt, dd, summary, button, a, i");
    found.push(own === box ? "" : " ", text.data);
    box = own;
  }
  return found.join("");
};
const has = (node, tests) => {
  if (!folded.has(node))
    folded.set(node, [...new Set(stemmaFind.wordsOf(read(node) + " " + (node.dataset.k || "")))]);
  return tests.every((test) => folded.get(node).some(test));
};
/* What answers, as `stemma find` gives it on the terminal: the places in the story's index. */
function answersOf(story, asked) {
  if (!story.answers) {
    const holder = $("script.find-data", story.root);
    story.index = stemmaFind.unpack(
      holder
        ? JSON.parse(holder.textContent)
        : { lines: [], sentences: [], mentions: [], numbers: [], forms: [], spoken: {} },
    );
    const sheets = story.data.reports.map(
      (report) =>
        byId(report.a) &&
        ((number) =>
          $$(".text p", byId(report.a)).map((p) => {
            const text = p.textContent.replace(/[\t\n]/g, " "),
              points = [...text];
            return {
              start: +p.dataset.o,
              end: +p.dataset.o + points.length,
              points: points.length === text.length ? text : points,
              n: p.matches(".outside") ? 0 : ++number,
            };
          }))(0),
    );
    const cut = (p, start, end) => {
      const part = p.points.slice(Math.max(0, start - p.start), Math.max(0, end - p.start));
      return typeof part === "string" ? part : part.join("");
    };
    story.paragraphs = sheets;
    story.words = (report, start, end) =>
      (sheets[report] || [])
        .filter((p) => p.start < end && p.end > start)
        .map((p) => cut(p, start, end))
        .join(" ");
    story.answers = stemmaFind.makeIndex(
      story.index,
      endings,
      story.words,
      (report) => (story.data.reports[report].l === "und" ? "" : story.data.reports[report].l.split("-")[0]),
      document.documentElement.lang.split("-")[0],
    );
  }
  return story.answers(asked);
}
function sift() {
  if (!current) return;
  const asked = stemmaFind.wordsOf(field.value),
    answers = asked.length ? [...answersOf(current, field.value)] : [],
    tests = meeting(field.value);
  const wanted = Object.fromEntries(Object.entries(filters).map(([key, select]) => [key, select.value]));
  const active = asked.length || Object.values(wanted).some(Boolean);
  clear.hidden = !active;
  status.textContent = "";
  $(".answers", current.root)?.remove();
  mark("found", []);
  if (!active && !sifted.has(current)) return;
  sifted.add(current);
  const kept = new Set(
    current.data.reports
      .filter(
        (r) =>
          (!wanted.family || r.f === wanted.family) &&
          (!wanted.report || r.s === wanted.report) &&
          (!wanted.language || r.l === wanted.language),
      )
      .map((r) => r.s),
  );
  const narrowed = kept.size < current.data.reports.length;
  const lines = $$(".line", current.root);
  const reports = current.data.reports,
    found = answers
      .filter(
        ([k, which]) =>
          !narrowed ||
          current.index.units[k][2].some(
            (v, i) => i % 3 === 0 && kept.has(reports[v].s) && (!which || which.has(v)),
          ) ||
          current.index.units[k][0] === stemmaFind.ACTOR,
      )
      .map(([k]) => k);
  const known = new Set(asked.length ? current.index.units.map((unit) => unit[1]) : []),
    answer = new Set(found.map((k) => current.index.units[k][1]));
  let n = 0;
  for (const line of lines) {
    const fits =
      (!narrowed || (line.dataset.r || "").split(" ").some((s) => kept.has(s))) &&
      (!asked.length || (known.has(line.dataset.x) ? answer.has(line.dataset.x) : has(line, tests)));
    line.hidden = !fits;
    if (fits) n++;
    if (fits && active)
      for (let fold = line.closest("details.fold"); fold; fold = fold.parentElement.closest("details.fold"))
        fold.open = true;
  }
  for (const group of $$(".speaker, .origin-line, .lines, table.deeds, details.fold", current.root))
    group.hidden = Boolean(active) && Boolean($(".line", group)) && !$(".line:not([hidden])", group);
  for (const section of $$(".parts > section", current.root))
    section.hidden =
      Boolean(asked.length) && !$(".line:not([hidden])", section) && !(section.matches(".room") && found.length);
  for (const piece of $$("p.tier, h4.sub", current.root)) {
    let next = piece.nextElementSibling;
    while (next?.matches(".lead")) next = next.nextElementSibling;
    piece.hidden = Boolean(active) && Boolean(next?.hidden);
  }
  $(".headline", current.root).hidden = Boolean(asked.length);
  current.root.classList.toggle("asked", Boolean(asked.length));
  status.textContent = !active ? "" : n ? fill(W.page.shown, { n, of: lines.length }) : W.page.nothing_shown;
  if (asked.length) tell(field.value, found, lines, tests);
}
/* The answers above the story: how many of each kind, and the sentences that no line of the page carries. */
function tell(asked, found, lines, tests) {
  const { units } = current.index,
    sentences = found.filter((k) => units[k][0] === stemmaFind.SENTENCE);
  const counts = kinds.map((kind, number) => {
    const of = found.filter((k) => units[k][0] === number);
    if (!of.length) return null;
    const words = fill(W.find[kind][of.length === 1 ? "one" : "other"], { n: of.length }),
      ids = new Set(of.map((k) => units[k][1]));
    const line = number < stemmaFind.SENTENCE && lines.find((one) => !one.hidden && ids.has(one.dataset.x));
    return make("li", {}, line?.id ? make("a", { href: "#" + line.id }, words) : words);
  });
  const box = make(
    "section",
    { className: "answers" },
    make("h2", {}, fill(W.find.answers, { words: asked.trim() })),
  );
  box.found = found;
  if (!found.length) box.append(make("p", { className: "none" }, W.find.none));
  box.append(make("ul", { className: "counts" }, ...counts.filter(Boolean)));
  if (sentences.length) {
    box.append(
      make("h3", { className: "sub" }, W.find.part),
      make("ul", { className: "lines" }, ...sentences.slice(0, SENTENCES).map((k) => sentenceOf(units[k][2]))),
    );
    if (sentences.length > SENTENCES)
      box.append(make("p", { className: "soft" }, fill(W.find.more, { n: sentences.length - SENTENCES })));
  }
  box.append(
    make(
      "p",
      { className: "soft" },
      W.find.terminal + ": ",
      make("code", {}, `stemma find "${stemmaFind.wordsOf(asked).join(" ")}" ${W.panel.paths}`),
    ),
  );
  $(".parts", current.root).prepend(box);
  const shown = [...box.querySelectorAll(".says"), ...lines.filter((line) => !line.hidden)].slice(0, MARKED);
  mark(
    "found",
    shown.flatMap((node) => ranges(node, tests)),
  );
  scrollTo(0, Math.max(0, box.getBoundingClientRect().top + scrollY - $(".bar").offsetHeight - 8));
}
function sentenceOf([k, start, end]) {
  const report = current.data.reports[k],
    p = current.paragraphs[k]?.find((one) => one.start <= start && start < one.end);
  const link = make(
    "a",
    { className: "ref c" + report.c, href: `#${report.a}-${start}` },
    make("b", {}, report.s),
    " " + (p?.n ? W.room.paragraph + p.n : W.room.title),
  );
  link.dataset.w = end;
  const words = make("q", { className: "plain", lang: report.l }, current.words(k, start, end));
  const dir = $(".text", byId(report.a))?.dir;
  if (dir) words.dir = dir;
  return make(
    "li",
    { className: "line" },
    make("div", { className: "body" }, make("p", { className: "says" }, words, " ", link)),
  );
}
function ranges(node, tests) {
  const found = [],
    walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    for (const one of text.data.matchAll(stemmaFind.WORD))
      if (stemmaFind.wordsOf(one[0]).some((word) => tests.some((test) => test(word)))) {
        const range = document.createRange();
        range.setStart(text, one.index);
        range.setEnd(text, one.index + one[0].length);
        found.push(range);
      }
  return found;
}
const clear = make(
  "button",
  {
    type: "button",
    hidden: true,
    onclick: () => {
      fillFilters();
      field.focus();
    },
  },
  W.page.clear,
);
field.addEventListener("input", later(sift, 140));
const dark = () =>
  document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
const theme = make(
  "button",
  {
    type: "button",
    className: "icon",
    title: W.page.theme,
    onclick: () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      try {
        localStorage.setItem("stemma-theme", document.documentElement.dataset.theme);
      } catch {
        /* a page from a mail may have no storage */
      }
    },
  },
  "◐",
);
theme.setAttribute("aria-label", W.page.theme);
try {
  const kept = localStorage.getItem("stemma-theme");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
} catch {
  /* as above */
}
const drawer = make(
  "div",
  { className: "drawer", id: "filters", hidden: true },
  boxes.family,
  boxes.report,
  boxes.language,
);
const toggle = make(
  "button",
  {
    type: "button",
    className: "toggle",
    onclick: () => {
      drawer.hidden = !drawer.hidden;
      toggle.setAttribute("aria-expanded", String(!drawer.hidden));
    },
  },
  W.page.filter,
);
toggle.setAttribute("aria-expanded", "false");
toggle.setAttribute("aria-controls", "filters");
tools.append(
  field,
  toggle,
  theme,
  make("button", { type: "button", className: "print", onclick: () => print() }, W.page.print),
  drawer,
  clear,
  status,
);
tools.hidden = false;
