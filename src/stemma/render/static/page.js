/* What the page can do beyond being read: search and filters, the evidence panel, copying a line, reports side by side.
   The page is complete without it. No request is made; nothing is stored but the choice of light or dark. */
(() => {
  "use strict";
  const $ = (query, root = document) => root.querySelector(query);
  const $$ = (query, root = document) => [...root.querySelectorAll(query)];
  const W = JSON.parse($("#words").textContent);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, key) => key in values ? values[key] : all);
  const make = (tag, set = {}, ...inner) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...inner);
    return element;
  };
  const later = (work, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, wait); }; };
  const byId = (id) => id ? document.getElementById(id) : null;

  // ------------------------------------------------------------------ stories of the pile
  const stories = $$("article.story").map((root) => {
    const holder = $("script.room-data", root);
    const data = holder ? JSON.parse(holder.textContent) : { reports: [], passages: [] };
    for (const report of data.reports) report.n = ($("h4", byId(report.a))?.textContent || "").slice(report.s.length).trim();
    return { root, data, at: new Map(data.reports.map((report, k) => [report.a, k])), room: null, answers: null };
  });
  const storyOf = (node) => stories.find((story) => story.root.contains(node));
  let current = stories[0];
  const many = document.body.classList.contains("many");

  // ------------------------------------------------------------------ offsets of a report to places in the page
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
  const unit = (entry, offset) => entry.astral ? [...entry.node.data].slice(0, offset).join("").length : offset;
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
  const words = (sheet, start, end) => { const range = rangeOf(sheet, start, end); return range ? range.toString() : ""; };
  const canMark = typeof Highlight === "function" && CSS.highlights;
  /* The marks' colours stand here, for only the script can set them, and validators do not know them yet. */
  if (canMark) {
    const tint = (n, share) => `background-color: color-mix(in srgb, var(--p${n}) ${share}%, transparent)`;
    const rules = [1, 2, 3].flatMap((n) => [
      `::highlight(with${n}-verbatim) { text-decoration: underline 2.5px var(--p${n}); ${tint(n, 9)} }`,
      `::highlight(with${n}-near) { text-decoration: underline 2px dashed var(--p${n}); ${tint(n, 9)} }`,
      `::highlight(with${n}-translated) { text-decoration: underline 1.5px dotted var(--p${n}); ${tint(n, 7)} }`,
    ]);
    rules.push("::highlight(edited) { color: var(--gone); background-color: var(--gone-wash) }", "::highlight(evidence), ::highlight(active), ::highlight(found) { background-color: var(--hit) }");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  function mark(name, ranges) {
    if (!canMark) return;
    const kept = ranges.filter(Boolean);
    if (!kept.length) { CSS.highlights.delete(name); return; }
    const marked = new Highlight(...kept);
    marked.priority = { evidence: 3, active: 2, edited: 1 }[name] || 0;
    CSS.highlights.set(name, marked);
  }
  const parse = (link) => { const found = /^#(.+)-(\d+)$/.exec(link.getAttribute("href")); return found && { a: found[1], start: +found[2], end: +link.dataset.w }; };

  /* The command that tells why a line is there; its id holds as long as the reports handed in are the same. */
  const explained = (line) => `stemma explain ${line.dataset.x} ${W.panel.paths}`;

  // ------------------------------------------------------------------ the evidence panel
  let panel = null, opener = null;
  function openPanel(link) {
    const at = parse(link), sheet = at && byId(at.a);
    if (!sheet) return false;
    const story = storyOf(sheet), report = story.data.reports[story.at.get(at.a)];
    closePanel(false);
    opener = link;
    link.setAttribute("aria-expanded", "true");
    const text = make("div", { className: "ctxt", lang: report.l });
    const dir = $(".text", sheet).dir;
    if (dir) text.dir = dir;
    const paragraphs = $$(".text p", sheet), nodes = textMap(sheet);
    const inside = new Set(nodes.filter((entry) => entry.start < Math.max(at.end, at.start + 1) && entry.end > at.start).map((entry) => entry.p));
    const index = paragraphs.findIndex((p) => inside.has(p));
    paragraphs.forEach((p, k) => {
      if (inside.has(p)) {
        const from = Number(p.dataset.o), points = [...p.textContent];
        const low = Math.max(0, at.start - from), high = Math.min(points.length, at.end - from);
        text.append(make("p", {}, points.slice(0, low).join(""), make("b", {}, points.slice(low, high).join("")), points.slice(high).join("")));
      } else if (k === index - 1 || k === index + inside.size) {
        const whole = p.textContent, cut = whole.length > 170;
        text.append(make("p", { className: "near" }, k < index ? (cut ? "… " + whole.slice(-170).replace(/^\S*\s/, "") : whole) : (cut ? whole.slice(0, 170).replace(/\s\S*$/, "") + " …" : whole)));
      }
    });
    const line = link.closest(".line") || link.closest("li, p") || document.body, witnesses = $$("a.ref[data-w]", line), k = witnesses.indexOf(link);
    const step = (by, label) => make("button", { type: "button", disabled: !witnesses[k + by], onclick: () => openPanel(witnesses[k + by]) }, label);
    const title = make("h2", { tabIndex: -1 }, report.s + " " + report.n);
    panel = make("aside", { className: "panel c" + report.c },
      make("header", {}, title, make("button", { type: "button", onclick: () => closePanel(true) }, W.panel.close)),
      text,
      ...(line.dataset?.x ? [make("p", { className: "explain" }, W.panel.explain + ": ", make("code", {}, explained(line)))] : []),
      make("footer", {}, make("button", { type: "button", onclick: () => { closePanel(false); visit(at); } }, W.panel.open), ...(witnesses.length > 1 ? [step(-1, W.panel.before), step(1, W.panel.after)] : [])));
    panel.setAttribute("aria-label", W.panel.title);
    document.body.append(panel);
    title.focus({ preventScroll: true });
    const hit = $(".ctxt b", panel);
    if (hit && hit.offsetTop + hit.offsetHeight > panel.clientHeight) panel.scrollTop = Math.max(0, hit.offsetTop - 90);
    return true;
  }
  function closePanel(back) {
    if (!panel) return;
    panel.remove();
    panel = null;
    opener?.removeAttribute("aria-expanded");
    if (back) opener?.focus();
  }
  /* Which report a link leads to, as a tooltip when it is pointed at: written into each link it would be a tenth of the page. */
  document.addEventListener("pointerover", (event) => {
    const link = event.target.closest?.("a.ref[data-w]:not([title])");
    if (link) link.title = witness(link)?.report || "";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.ref[data-w]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && openPanel(link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeMenu(true) || closePanel(true); }
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "")) { const field = $(".tools input"); if (field) { event.preventDefault(); field.focus(); } }
  });

  // ------------------------------------------------------------------ the reading room: two or three reports together
  function setUpRoom(story) {
    const section = $("section.room", story.root), { reports, passages } = story.data;
    if (story.room || !section || reports.length < 2) return;
    const sheets = reports.map((report) => byId(report.a)), bench = $(".bench", section);
    const weights = new Map();
    for (const [i, from, to, j] of passages) weights.set(i + "," + j, (weights.get(i + "," + j) || 0) + to - from);
    const best = [...weights].sort((a, b) => b[1] - a[1])[0];
    const room = { chosen: best ? best[0].split(",").map(Number).sort((a, b) => a - b) : [0, 1], together: true, knots: [], moving: 0 };
    story.room = room;
    const columns = Math.min(3, reports.length);
    const selects = [];
    for (let k = 0; k < columns; k++) {
      const select = make("select", { onchange: () => { room.chosen = selects.map((s) => Number(s.value)).filter((v, i, all) => v >= 0 && all.indexOf(v) === i); draw(); } });
      select.setAttribute("aria-label", W.room.choose + " " + (k + 1));
      if (k > 0) select.append(make("option", { value: "-1" }, "–"));
      reports.forEach((report, i) => select.append(make("option", { value: String(i) }, report.s + " " + report.n)));
      selects.push(select);
    }
    const box = make("input", { type: "checkbox", checked: true, onchange: () => { room.together = box.checked; } });
    const pairs = make("span", { className: "pairs" });
    bench.append(make("span", {}, W.room.choose), ...selects, make("label", {}, box, W.room.together), pairs);
    bench.hidden = false;
    section.classList.add("paired");
    const at = (k) => sheets[room.chosen[k]];
    const pane = (sheet) => $(".text", sheet);

    function between(i, j) {
      return passages.flatMap((p) => p[0] === i && p[3] === j ? [{ a: [p[1], p[2]], b: [p[4], p[5]], kind: p[6] }] : p[0] === j && p[3] === i ? [{ a: [p[4], p[5]], b: [p[1], p[2]], kind: p[6] }] : []);
    }
    function draw() {
      sheets.forEach((sheet, i) => { sheet.hidden = !room.chosen.includes(i); });
      const holder = $(".sheets", section);
      room.chosen.forEach((i) => holder.append(sheets[i]));
      section.style.setProperty("--columns", String(Math.max(1, room.chosen.length)));
      selects.forEach((select, k) => { select.value = String(room.chosen[k] ?? -1); });
      const first = room.chosen[0], marked = {}, edited = [], joined = [];
      const kinds = ["verbatim", "near", "translated"];
      const note = (n, i, j, pair) => { const key = `with${n}-${kinds[pair.kind]}`; (marked[key] ||= []).push(rangeOf(sheets[i], ...pair.a), rangeOf(sheets[j], ...pair.b)); joined[n] ||= { i, j, kinds: new Set() }; joined[n].kinds.add(kinds[pair.kind]); if (pair.kind === 1) edited.push(...edits(sheets[i], pair.a, sheets[j], pair.b)); };
      room.pairs = [];
      room.chosen.slice(1).forEach((other, k) => {
        for (const pair of between(first, other)) {
          note(k + 1, first, other, pair);
          room.pairs.push({ k: k + 1, ...pair });
        }
      });
      if (room.chosen.length > 2) {
        const [, second, third] = room.chosen;
        for (const pair of between(second, third)) note(3, second, third, pair);
      }
      for (const n of [1, 2, 3]) for (const kind of kinds) mark(`with${n}-${kind}`, marked[`with${n}-${kind}`] || []);
      pairs.replaceChildren(...joined.map((found, n) => make("span", { className: "p" + n }, make("b", {}, `${reports[found.i].s} = ${reports[found.j].s}`), ...kinds.filter((kind) => found.kinds.has(kind)).flatMap((kind) => [" ", make("i", { className: kind }, W.room["kinds_" + kind])]))).filter(Boolean));
      mark("edited", edited);
      mark("active", []);
      if (room.drawn) room.chosen.forEach((i) => { pane(sheets[i]).scrollTop = 0; });
      room.drawn = true;
    }
    /* Words of a near passage that the other side does not have, by the longest common run of words. */
    function edits(one, a, two, b) {
      const split = (sheet, [start, end]) => { const found = []; let at = start; for (const piece of words(sheet, start, end).split(/(\s+)/)) { const n = [...piece].length; if (piece.trim()) found.push({ w: piece.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""), s: at, e: at + n }); at += n; } return found; };
      const x = split(one, a), y = split(two, b);
      if (x.length * y.length > 250000) return [];
      const table = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
      for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) table[i][j] = x[i].w === y[j].w ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
      const out = [];
      let i = 0, j = 0;
      while (i < x.length || j < y.length) {
        if (i < x.length && j < y.length && x[i].w === y[j].w) { i++; j++; }
        else if (j >= y.length || (i < x.length && table[i + 1][j] >= table[i][j + 1])) { out.push(rangeOf(one, x[i].s, x[i].e)); i++; }
        else { out.push(rangeOf(two, y[j].s, y[j].e)); j++; }
      }
      return out;
    }
    const top = (sheet, range) => range ? range.getBoundingClientRect().top - pane(sheet).getBoundingClientRect().top + pane(sheet).scrollTop : 0;
    /* Corresponding heights of two columns: their shared passages, as far as these come in one order, and both ends. */
    function knots(k) {
      const found = [];
      for (const pair of room.pairs) if (pair.k === k) found.push([top(at(0), rangeOf(at(0), ...pair.a)), top(at(k), rangeOf(at(k), ...pair.b))]);
      found.sort((p, q) => p[0] - q[0]);
      const kept = [[0, 0]];
      for (const knot of found) if (knot[0] > kept.at(-1)[0] && knot[1] > kept.at(-1)[1]) kept.push(knot);
      kept.push([Math.max(kept.at(-1)[0] + 1, pane(at(0)).scrollHeight), Math.max(kept.at(-1)[1] + 1, pane(at(k)).scrollHeight)]);
      return kept;
    }
    const along = (line, from, to, y) => { let n = 1; while (n < line.length - 1 && line[n][from] < y) n++; const p = line[n - 1], q = line[n]; return p[to] + (q[to] - p[to]) * (y - p[from]) / Math.max(1, q[from] - p[from]); };
    /* Brings the other columns to where the moved one stands, a third from the top. */
    function align(moved) {
      if (!room.together || room.chosen.length < 2) return;
      room.moving = performance.now() + 60;
      const line = pane(at(moved)).clientHeight / 3;
      let y = pane(at(moved)).scrollTop + line;
      if (moved > 0) { y = along(knots(moved), 1, 0, y); pane(at(0)).scrollTop = y - line; }
      room.chosen.slice(1).forEach((_, k) => { if (k + 1 !== moved) pane(at(k + 1)).scrollTop = along(knots(k + 1), 0, 1, y) - line; });
    }
    section.addEventListener("scroll", (event) => {
      const moved = room.chosen.findIndex((i) => pane(sheets[i]) === event.target);
      if (moved >= 0 && performance.now() >= room.moving) align(moved);
    }, { capture: true, passive: true });
    /* A click on a shared passage brings its other side into view. */
    section.addEventListener("click", (event) => {
      const k = room.chosen.findIndex((i) => pane(sheets[i]).contains(event.target));
      if (k < 0 || event.target.closest("a, summary")) return;
      const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY) || (document.caretRangeFromPoint && (({ startContainer, startOffset }) => ({ offsetNode: startContainer, offset: startOffset }))(document.caretRangeFromPoint(event.clientX, event.clientY)));
      const entry = spot && textMap(at(k)).find((e) => e.node === spot.offsetNode);
      if (!entry) return;
      const offset = entry.start + [...entry.node.data.slice(0, spot.offset)].length;
      const side = k === 0 ? "a" : "b";
      const pair = room.pairs.find((p) => (k === 0 || p.k === k) && p[side][0] <= offset && offset <= p[side][1]);
      if (!pair) { mark("active", []); return; }
      const here = rangeOf(at(0), ...pair.a), there = rangeOf(at(pair.k), ...pair.b);
      mark("active", [here, there]);
      room.moving = performance.now() + 120;
      const height = event.clientY - pane(at(k)).getBoundingClientRect().top;
      if (k !== 0) pane(at(0)).scrollTop = top(at(0), here) - height + 10;
      if (k !== pair.k) pane(at(pair.k)).scrollTop = top(at(pair.k), there) - height + 10;
    });
    room.show = (i, start, end) => {
      if (!room.chosen.includes(i)) { room.chosen = [i, ...room.chosen.filter((v) => v !== i)].slice(0, Math.max(2, room.chosen.length)); draw(); }
      const range = rangeOf(sheets[i], start, end);
      room.moving = performance.now() + 120;
      pane(sheets[i]).scrollTop = Math.max(0, top(sheets[i], range) - 90);
      mark("evidence", [range]);
      align(room.chosen.indexOf(i));
    };
    draw();
  }
  /* To a place in a report, wherever it stands now. */
  function visit(at) {
    const sheet = byId(at.a), story = sheet && storyOf(sheet);
    if (!story) return;
    show(story);
    setUpRoom(story);
    story.room?.show?.(story.at.get(at.a), at.start, at.end);
    if (!story.room) mark("evidence", [rangeOf(sheet, at.start, at.end)]);
    sheet.scrollIntoView({ block: "start" });
    $(".text", sheet).focus({ preventScroll: true });
  }

  // ------------------------------------------------------------------ permanent anchors
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1)), target = byId(id);
    if (!target) { if (many && !id) show(null); return; }
    const sheet = target.closest("article.sheet");
    if (sheet) {
      const from = target === sheet ? 0 : Number(id.slice(sheet.id.length + 1));
      visit({ a: sheet.id, start: from, end: target === sheet ? 0 : from + [...target.textContent].length });
      return;
    }
    const story = storyOf(target);
    if (story) show(story); else if (many && target.closest(".index")) show(null);
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    $$(".line.here").forEach((line) => line.classList.remove("here"));
    if (target.matches(".line")) target.classList.add("here");
    if (target.closest(".story")?.hidden === false || !story) target.scrollIntoView({ block: "start" });
  }
  function show(story) {
    if (!many) return;
    document.body.classList.add("paged");
    stories.forEach((one) => { one.root.hidden = one !== story; });
    const index = $("#index");
    if (index) index.hidden = Boolean(story);
    if (story && story !== current) { current = story; fillFilters(); }
    if (story) { current = story; setUpRoom(story); decorate(story); }
    $(".tools")?.classList.toggle("no-story", !story);
  }
  window.addEventListener("hashchange", follow);

  // ------------------------------------------------------------------ search and filters
  const tools = $(".tools"), status = make("span", { className: "status", role: "status" });
  const field = make("input", { type: "search", placeholder: W.page.search_hint });
  field.setAttribute("aria-label", W.page.search);
  const filters = {};
  const selector = (key, label) => { const select = make("select", { onchange: () => sift() }); filters[key] = select; const box = make("label", { hidden: true }, label, select); return box; };
  const boxes = { family: selector("family", W.page.family), report: selector("report", W.page.outlet), language: selector("language", W.page.language) };
  function fillFilters() {
    const reports = current?.data.reports || [];
    const options = { family: new Map(reports.map((r) => [r.f, r.f])), report: new Map(reports.map((r) => [r.s, r.s + " " + r.n])), language: new Map(reports.map((r) => [r.l, W.languages[r.l] || r.l])) };
    for (const [key, select] of Object.entries(filters)) {
      select.replaceChildren(make("option", { value: "" }, W.page.all), ...[...options[key]].map(([value, label]) => make("option", { value }, label.length > 60 ? label.slice(0, 58) + "…" : label)));
      boxes[key].hidden = options[key].size < 2;
    }
    field.value = "";
    toggle.hidden = Object.values(boxes).every((box) => box.hidden);
    sift();
  }
  const sifted = new Set(), endings = JSON.parse($("#endings").textContent);
  const kinds = ["disagreement", "statement", "utterance", "quotation", "situation", "actor", "sentence"], SENTENCES = 8, MARKED = 400;
  /* Whether a piece of the page has all the words that are asked for, in any of the page's languages. */
  const folded = new WeakMap();
  const meeting = (asked) => { const tables = [null, ...Object.values(endings)]; return stemmaFind.wordsOf(asked).map((word) => { const tests = tables.map((table) => stemmaFind.sought(word, table)); return (other) => tests.some((test) => test(other)); }); };
  /* The text of a piece of the page, its boxes apart. */
  const read = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), found = [];
    for (let text = walker.nextNode(), box = null; text; text = walker.nextNode()) {
      const own = text.parentElement.closest("p, li, td, th, h4, div, dt, dd, summary, button, a, i");
      found.push(own === box ? "" : " ", text.data);
      box = own;
    }
    return found.join("");
  };
  const has = (node, tests) => { if (!folded.has(node)) folded.set(node, [...new Set(stemmaFind.wordsOf(read(node) + " " + (node.dataset.k || "")))]); return tests.every((test) => folded.get(node).some(test)); };
  /* What answers, as `stemma find` gives it on the terminal: the places in the story's index. */
  function answersOf(story, asked) {
    if (!story.answers) {
      const holder = $("script.find-data", story.root);
      story.index = stemmaFind.unpack(holder ? JSON.parse(holder.textContent) : { lines: [], sentences: [], named: {}, forms: [] });
      const sheets = story.data.reports.map((report) => byId(report.a) && ((number) => $$(".text p", byId(report.a)).map((p) => { const text = p.textContent.replace(/[\t\n]/g, " "), points = [...text]; return { start: +p.dataset.o, end: +p.dataset.o + points.length, points: points.length === text.length ? text : points, n: p.matches(".outside") ? 0 : ++number }; }))(0));
      const cut = (p, start, end) => { const part = p.points.slice(Math.max(0, start - p.start), Math.max(0, end - p.start)); return typeof part === "string" ? part : part.join(""); };
      story.paragraphs = sheets;
      story.words = (report, start, end) => (sheets[report] || []).filter((p) => p.start < end && p.end > start).map((p) => cut(p, start, end)).join(" ");
      story.answers = stemmaFind.makeIndex(story.index, endings, story.words, (report) => (story.data.reports[report].l === "und" ? "" : story.data.reports[report].l.split("-")[0]));
    }
    return story.answers(asked);
  }
  function sift() {
    if (!current) return;
    const asked = stemmaFind.wordsOf(field.value), tests = meeting(field.value);
    const wanted = Object.fromEntries(Object.entries(filters).map(([key, select]) => [key, select.value]));
    const active = asked.length || Object.values(wanted).some(Boolean);
    clear.hidden = !active;
    status.textContent = "";
    $(".answers", current.root)?.remove();
    mark("found", []);
    if (!active && !sifted.has(current)) return;
    sifted.add(current);
    const kept = new Set(current.data.reports.filter((r) => (!wanted.family || r.f === wanted.family) && (!wanted.report || r.s === wanted.report) && (!wanted.language || r.l === wanted.language)).map((r) => r.s));
    const narrowed = kept.size < current.data.reports.length;
    const lines = $$(".line", current.root);
    const reports = current.data.reports, found = asked.length ? answersOf(current, field.value).filter((k) => !narrowed || current.index.units[k][2].some((v, i) => i % 3 === 0 && kept.has(reports[v].s)) || current.index.units[k][0] === stemmaFind.ACTOR) : [];
    const known = new Set(asked.length ? current.index.units.map((unit) => unit[1]) : []), answer = new Set(found.map((k) => current.index.units[k][1]));
    let n = 0;
    for (const line of lines) {
      const fits = (!narrowed || (line.dataset.r || "").split(" ").some((s) => kept.has(s))) && (!asked.length || (known.has(line.dataset.x) ? answer.has(line.dataset.x) : has(line, tests)));
      line.hidden = !fits;
      if (fits) n++;
      if (fits && active) for (let fold = line.closest("details.fold"); fold; fold = fold.parentElement.closest("details.fold")) fold.open = true;
    }
    for (const group of $$(".speaker, .origin-line, .lines, table.deeds, details.fold", current.root)) group.hidden = Boolean(active) && Boolean($(".line", group)) && !$(".line:not([hidden])", group);
    for (const section of $$(".parts > section", current.root)) section.hidden = Boolean(asked.length) && !$(".line:not([hidden])", section) && !(section.matches(".room") && found.length);
    for (const piece of $$("p.tier, h4.sub", current.root)) { let next = piece.nextElementSibling; while (next?.matches(".lead")) next = next.nextElementSibling; piece.hidden = Boolean(active) && Boolean(next?.hidden); }
    $(".headline", current.root).hidden = Boolean(asked.length);
    current.root.classList.toggle("asked", Boolean(asked.length));
    status.textContent = !active ? "" : n ? fill(W.page.shown, { n, of: lines.length }) : W.page.nothing_shown;
    if (asked.length) tell(field.value, found, lines, tests);
  }
  /* The answers above the story: how many of each kind, and the sentences that no line of the page carries. */
  function tell(asked, found, lines, tests) {
    const { units } = current.index, sentences = found.filter((k) => units[k][0] === stemmaFind.SENTENCE);
    const counts = kinds.map((kind, number) => {
      const of = found.filter((k) => units[k][0] === number);
      if (!of.length) return null;
      const words = fill(W.find[kind][of.length === 1 ? "one" : "other"], { n: of.length }), ids = new Set(of.map((k) => units[k][1]));
      const line = number < stemmaFind.SENTENCE && lines.find((one) => !one.hidden && ids.has(one.dataset.x));
      return make("li", {}, line?.id ? make("a", { href: "#" + line.id }, words) : words);
    });
    const box = make("section", { className: "answers" }, make("h2", {}, fill(W.find.answers, { words: asked.trim() })));
    box.found = found;
    if (!found.length) box.append(make("p", { className: "none" }, W.find.none));
    box.append(make("ul", { className: "counts" }, ...counts.filter(Boolean)));
    if (sentences.length) {
      box.append(make("h3", { className: "sub" }, W.find.part), make("ul", { className: "lines" }, ...sentences.slice(0, SENTENCES).map((k) => sentenceOf(units[k][2]))));
      if (sentences.length > SENTENCES) box.append(make("p", { className: "soft" }, fill(W.find.more, { n: sentences.length - SENTENCES })));
    }
    box.append(make("p", { className: "soft" }, W.find.terminal + ": ", make("code", {}, `stemma find "${stemmaFind.wordsOf(asked).join(" ")}" ${W.panel.paths}`)));
    $(".parts", current.root).prepend(box);
    const shown = [...box.querySelectorAll(".says"), ...lines.filter((line) => !line.hidden)].slice(0, MARKED);
    mark("found", shown.flatMap((node) => ranges(node, tests)));
    scrollTo(0, Math.max(0, box.getBoundingClientRect().top + scrollY - $(".bar").offsetHeight - 8));
  }
  function sentenceOf([k, start, end]) {
    const report = current.data.reports[k], p = current.paragraphs[k]?.find((one) => one.start <= start && start < one.end);
    const link = make("a", { className: "ref c" + report.c, href: `#${report.a}-${start}` }, make("b", {}, report.s), " " + (p?.n ? W.room.paragraph + p.n : W.room.title));
    link.dataset.w = end;
    const words = make("q", { className: "plain", lang: report.l }, current.words(k, start, end));
    const dir = $(".text", byId(report.a))?.dir;
    if (dir) words.dir = dir;
    return make("li", { className: "line" }, make("div", { className: "body" }, make("p", { className: "says" }, words, " ", link)));
  }
  function ranges(node, tests) {
    const found = [], walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode())
      for (const one of text.data.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu))
        if (stemmaFind.wordsOf(one[0]).some((word) => tests.some((test) => test(word)))) { const range = document.createRange(); range.setStart(text, one.index); range.setEnd(text, one.index + one[0].length); found.push(range); }
    return found;
  }
  const clear = make("button", { type: "button", hidden: true, onclick: () => { fillFilters(); field.focus(); } }, W.page.clear);
  field.addEventListener("input", later(sift, 140));
  const dark = () => document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = make("button", { type: "button", className: "icon", title: W.page.theme, onclick: () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; try { localStorage.setItem("stemma-theme", document.documentElement.dataset.theme); } catch { /* a page from a mail may have no storage */ } } }, "◐");
  theme.setAttribute("aria-label", W.page.theme);
  try { const kept = localStorage.getItem("stemma-theme"); if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept; } catch { /* as above */ }
  const drawer = make("div", { className: "drawer", id: "filters", hidden: true }, boxes.family, boxes.report, boxes.language);
  const toggle = make("button", { type: "button", className: "toggle", onclick: () => { drawer.hidden = !drawer.hidden; toggle.setAttribute("aria-expanded", String(!drawer.hidden)); } }, W.page.filter);
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", "filters");
  tools.append(field, toggle, theme, make("button", { type: "button", className: "print", onclick: () => print() }, W.page.print), drawer, clear, status);
  tools.hidden = false;

  // ------------------------------------------------------------------ copying a line with its sources and verdict
  let menu = null, menuFrom = null;
  function closeMenu(back) { if (!menu) return false; menu.remove(); menu = null; menuFrom.setAttribute("aria-expanded", "false"); if (back) menuFrom.focus(); return true; }
  document.addEventListener("click", (event) => { if (menu && !menu.contains(event.target) && event.target !== menuFrom) closeMenu(false); });
  const plain = (node, drop = "del, .refs, .ref, .copy, .support, .vh, details") => { if (!node) return ""; const copy = node.cloneNode(true); $$(drop, copy).forEach((one) => one.remove()); $$("q:not(.plain)", copy).forEach((q) => q.replaceWith("“" + q.textContent + "”")); return copy.textContent.replace(/\s+/g, " ").trim(); };
  function witness(link) {
    const at = parse(link), story = storyOf(link), report = at && story?.data.reports[story.at.get(at.a)];
    return report && { siglum: report.s, place: link.textContent.replace(report.s, "").trim(), report: report.n, start: at.start, end: at.end, words: words(byId(at.a), at.start, at.end) };
  }
  const witnesses = (root) => $$("a.ref[data-w]", root).map(witness).filter(Boolean);
  function record(line) {
    const groups = $$(".readings > li, .renderings > li", line);
    const items = groups.length ? groups.map((group) => ({ value: plain($(".value", group)) || undefined, text: plain($(".ctx, .words", group)), verdict: plain($(".drift", group)) || undefined, witnesses: witnesses(group) }))
      : [{ text: plain($(".says, .words, .ctx, .step", line)), witnesses: witnesses(line) }];
    const verdict = [plain($(".verdict, .slot .kind, .quad, .basis", line)).replace(/^· /, ""), $(".support", line)?.getAttribute("aria-label"), plain($(".note", line))].filter(Boolean).join(". ");
    const head = $("h4, th, .when .date", line) || $("h4", line.closest(".speaker") || line);
    return { id: line.dataset.x || line.id, kind: line.closest("[data-kind]")?.dataset.kind || "", story: $("h2", storyOf(line)?.root)?.textContent || "", heading: plain(head, ".kind, .vh, .arrow-word, .doubt, .copy").replace(/\s+/g, " "), verdict, items };
  }
  const cite = (w) => `${w.siglum} ${w.place} (${w.report})`;
  function written(line, how) {
    const found = record(line), link = location.href.split("#")[0] + "#" + line.id;
    if (how === "json") return JSON.stringify(found, null, 1);
    if (how === "link") return link;
    if (how === "explain") return explained(line);
    const md = how === "markdown";
    const head = [found.heading && (md ? `**${found.heading}**` : found.heading), found.verdict].filter(Boolean).join(md ? " — " : ": ");
    const body = found.items.map((item) => `${md ? "- " : "• "}${item.value ? (md ? `**${item.value}**: ` : item.value + ": ") : ""}${item.text}${item.verdict ? ` [${item.verdict}]` : ""}\n${md ? "  *" : "  "}${W.copy.sources}: ${item.witnesses.map(cite).join("; ")}${md ? "*" : ""}`).join("\n");
    return [head, body].filter(Boolean).join("\n") + "\n";
  }
  async function copy(text, button) {
    try { await navigator.clipboard.writeText(text); button.textContent = W.copy.done; setTimeout(() => closeMenu(true), 700); return; } catch { /* not allowed here: offer the text itself */ }
    const area = make("textarea", { value: text, readOnly: true });
    menu.replaceChildren(make("p", { className: "fine" }, W.copy.failed), area);
    area.focus();
    area.select();
    try { if (document.execCommand("copy")) { closeMenu(true); } } catch { /* the text stays selected */ }
  }
  function openMenu(button) {
    if (closeMenu(false) && menuFrom === button) return;
    menuFrom = button;
    button.setAttribute("aria-expanded", "true");
    menu = make("div", { className: "copymenu" }, ...["text", "markdown", "json", "link", ...(button.closest(".line").dataset.x ? ["explain"] : [])].map((how) => make("button", { type: "button", onclick: (event) => copy(written(button.closest(".line"), how), event.target) }, W.copy[how])));
    document.body.append(menu);
    const box = button.getBoundingClientRect();
    menu.style.top = box.bottom + scrollY + 3 + "px";
    menu.style.left = Math.max(8, Math.min(box.right, innerWidth - 8) - menu.offsetWidth) + "px";
    $("button", menu).focus();
  }
  function decorate(story) {
    if (story.done) return;
    story.done = true;
    const lines = $$(".line[id]", story.root);
    const some = () => {
      for (const line of lines.splice(0, 150)) {
        const button = make("button", { type: "button", className: "copy", onclick: () => openMenu(button) }, W.copy.button);
        button.setAttribute("aria-expanded", "false");
        (line.matches("tr") ? $("td", line) : line).append(button);
      }
      if (lines.length) setTimeout(some, 30);
    };
    some();
  }

  // ------------------------------------------------------------------ the index of many stories
  if (many) {
    const table = $("table.stories");
    if (table) $$("thead th", table).forEach((head, column) => {
      const button = make("button", { type: "button", title: W.index.sort }, head.textContent);
      head.replaceChildren(button);
      button.onclick = () => {
        const up = head.getAttribute("aria-sort") === "descending" || (head.dataset.sort === "text" && !head.hasAttribute("aria-sort"));
        $$("th[aria-sort]", table).forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => { const cell = row.cells[column]; return head.dataset.sort === "number" ? Number(cell.textContent) || 0 : cell.dataset.v ?? cell.textContent; };
        const rows = [...table.tBodies[0].rows].map((row) => [value(row), row]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (up ? 1 : -1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      };
    });
    const search = make("input", { type: "search", placeholder: W.page.search_hint });
    search.setAttribute("aria-label", W.index.search);
    const told = make("span", { className: "status", role: "status" }), codes = [...new Set($$("tr[data-l]").flatMap((row) => row.dataset.l.split(" ")))].filter(Boolean).sort();
    const tongue = codes.length > 1 ? make("select", {}, make("option", { value: "" }, W.page.all), ...codes.map((code) => make("option", { value: code }, W.languages[code.split("-")[0]] || code))) : null;
    const several = document.body.classList.contains("shelf") ? make("input", { type: "checkbox" }) : null;
    const narrow = (() => {
      const asked = meeting(search.value), fits = (node) => has(node, asked);
      let rows = 0;
      if (table) for (const row of table.tBodies[0].rows) {
        row.hidden = !fits(row) || Boolean(tongue?.value && !row.dataset.l?.split(" ").includes(tongue.value)) || Boolean(several?.checked && Number(row.cells[1].textContent) < 2);
        if (!row.hidden) rows++;
      }
      if (table) told.textContent = search.value || tongue?.value || several?.checked ? fill(W.index.shown, { n: rows, of: table.tBodies[0].rows.length }) : "";
      const nothing = $(".nothing");
      if (nothing) nothing.hidden = rows > 0;
      let n = 0;
      for (const item of $$(".singles > ul > li")) { item.hidden = !fits(item); if (!item.hidden) n++; }
      const fold = $(".singles");
      if (fold && asked.length && n) fold.open = true;
    });
    search.addEventListener("input", later(narrow, 140));
    tongue?.addEventListener("change", narrow);
    several?.addEventListener("change", narrow);
    const holder = $(".index-tools");
    if (holder) { holder.append(search, ...(tongue ? [make("label", {}, W.page.language, tongue)] : []), ...(several ? [make("label", {}, several, W.index.several)] : []), told); holder.hidden = false; }
  }

  // ------------------------------------------------------------------ where the reader is
  if ("IntersectionObserver" in window) {
    const links = new Map($$(".contents a[href^='#']").map((link) => [link.getAttribute("href").slice(1), link]));
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) {
        const link = links.get($("h3", entry.target)?.id);
        if (link) { $$("a[aria-current]", link.closest("nav")).forEach((one) => one.removeAttribute("aria-current")); link.setAttribute("aria-current", "true"); }
      }
    }, { rootMargin: "-10% 0px -80% 0px" });
    $$(".story section").forEach((section) => watch.observe(section));
  }
  addEventListener("beforeprint", () => { $$("section.room .sheet").forEach((sheet) => { sheet.hidden = false; }); });
  addEventListener("afterprint", () => { for (const story of stories) if (story.room) $$("section.room .sheet", story.root).forEach((sheet) => { sheet.hidden = !story.room.chosen.includes(story.at.get(sheet.id)); }); });

  if (many) show(null); else if (current) { setUpRoom(current); decorate(current); }
  fillFilters();
  if (location.hash) follow();
})();
