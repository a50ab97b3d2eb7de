/* The reading room: two or three reports together; and the way to a place in a report, from any link. */
function setUpRoom(story) {
  const section = $("section.room", story.root),
    { reports, passages } = story.data;
  if (story.room || !section || reports.length < 2) return;
  const sheets = reports.map((report) => byId(report.a)),
    bench = $(".bench", section);
  const weights = new Map();
  for (const [i, from, to, j] of passages) weights.set(i + "," + j, (weights.get(i + "," + j) || 0) + to - from);
  const best = [...weights].sort((a, b) => b[1] - a[1])[0];
  const room = {
    chosen: best
      ? best[0]
          .split(",")
          .map(Number)
          .sort((a, b) => a - b)
      : [0, 1],
    together: true,
    knots: [],
    moving: 0,
  };
  story.room = room;
  const columns = Math.min(3, reports.length);
  const selects = [];
  for (let k = 0; k < columns; k++) {
    const select = make("select", {
      onchange: () => {
        room.chosen = selects.map((s) => Number(s.value)).filter((v, i, all) => v >= 0 && all.indexOf(v) === i);
        draw();
      },
    });
    select.setAttribute("aria-label", W.room.choose + " " + (k + 1));
    if (k > 0) select.append(make("option", { value: "-1" }, "–"));
    reports.forEach((report, i) => select.append(make("option", { value: String(i) }, report.s + " " + report.n)));
    selects.push(select);
  }
  const box = make("input", {
    type: "checkbox",
    checked: true,
    onchange: () => {
      room.together = box.checked;
    },
  });
  const pairs = make("span", { className: "pairs" });
  bench.append(make("span", {}, W.room.choose), ...selects, make("label", {}, box, W.room.together), pairs);
  bench.hidden = false;
  section.classList.add("paired");
  const at = (k) => sheets[room.chosen[k]];
  const pane = (sheet) => $(".text", sheet);

  function between(i, j) {
    return passages.flatMap((p) =>
      p[0] === i && p[3] === j
        ? [{ a: [p[1], p[2]], b: [p[4], p[5]], kind: p[6] }]
        : p[0] === j && p[3] === i
          ? [{ a: [p[4], p[5]], b: [p[1], p[2]], kind: p[6] }]
          : [],
    );
  }
  function draw() {
    sheets.forEach((sheet, i) => {
      sheet.hidden = !room.chosen.includes(i);
    });
    const holder = $(".sheets", section);
    room.chosen.forEach((i) => holder.append(sheets[i]));
    section.style.setProperty("--columns", String(Math.max(1, room.chosen.length)));
    selects.forEach((select, k) => {
      select.value = String(room.chosen[k] ?? -1);
    });
    const first = room.chosen[0],
      marked = {},
      edited = [],
      joined = [];
    const kinds = ["verbatim", "near", "translated"];
    const note = (n, i, j, pair) => {
      const key = `with${n}-${kinds[pair.kind]}`;
      (marked[key] ||= []).push(rangeOf(sheets[i], ...pair.a), rangeOf(sheets[j], ...pair.b));
      joined[n] ||= { i, j, kinds: new Set() };
      joined[n].kinds.add(kinds[pair.kind]);
      if (pair.kind === 1) edited.push(...edits(sheets[i], pair.a, sheets[j], pair.b));
    };
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
    pairs.replaceChildren(
      ...joined
        .map((found, n) =>
          make(
            "span",
            { className: "p" + n },
            make("b", {}, `${reports[found.i].s} = ${reports[found.j].s}`),
            ...kinds
              .filter((kind) => found.kinds.has(kind))
              .flatMap((kind) => [" ", make("i", { className: kind }, W.room["kinds_" + kind])]),
          ),
        )
        .filter(Boolean),
    );
    mark("edited", edited);
    mark("active", []);
    if (room.drawn)
      room.chosen.forEach((i) => {
        pane(sheets[i]).scrollTop = 0;
      });
    room.drawn = true;
  }
  /* Words of a near passage that the other side does not have, by the longest common run of words. */
  function edits(one, a, two, b) {
    const split = (sheet, [start, end]) => {
      const found = [];
      let at = start;
      for (const piece of words(sheet, start, end).split(/(\s+)/)) {
        const n = [...piece].length;
        if (piece.trim()) found.push({ w: piece.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""), s: at, e: at + n });
        at += n;
      }
      return found;
    };
    const x = split(one, a),
      y = split(two, b);
    if (x.length * y.length > 250000) return [];
    const table = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
    for (let i = x.length - 1; i >= 0; i--)
      for (let j = y.length - 1; j >= 0; j--)
        table[i][j] = x[i].w === y[j].w ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    const out = [];
    let i = 0,
      j = 0;
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && x[i].w === y[j].w) {
        i++;
        j++;
      } else if (j >= y.length || (i < x.length && table[i + 1][j] >= table[i][j + 1])) {
        out.push(rangeOf(one, x[i].s, x[i].e));
        i++;
      } else {
        out.push(rangeOf(two, y[j].s, y[j].e));
        j++;
      }
    }
    return out;
  }
  const top = (sheet, range) =>
    range ? range.getBoundingClientRect().top - pane(sheet).getBoundingClientRect().top + pane(sheet).scrollTop : 0;
  /* Corresponding heights of two columns: their shared passages, as far as these come in one order, and both ends. */
  function knots(k) {
    const found = [];
    for (const pair of room.pairs)
      if (pair.k === k) found.push([top(at(0), rangeOf(at(0), ...pair.a)), top(at(k), rangeOf(at(k), ...pair.b))]);
    found.sort((p, q) => p[0] - q[0]);
    const kept = [[0, 0]];
    for (const knot of found) if (knot[0] > kept.at(-1)[0] && knot[1] > kept.at(-1)[1]) kept.push(knot);
    kept.push([
      Math.max(kept.at(-1)[0] + 1, pane(at(0)).scrollHeight),
      Math.max(kept.at(-1)[1] + 1, pane(at(k)).scrollHeight),
    ]);
    return kept;
  }
  const along = (line, from, to, y) => {
    let n = 1;
    while (n < line.length - 1 && line[n][from] < y) n++;
    const p = line[n - 1],
      q = line[n];
    return p[to] + ((q[to] - p[to]) * (y - p[from])) / Math.max(1, q[from] - p[from]);
  };
  /* Brings the other columns to where the moved one stands, a third from the top. */
  function align(moved) {
    if (!room.together || room.chosen.length < 2) return;
    room.moving = performance.now() + 60;
    const line = pane(at(moved)).clientHeight / 3;
    let y = pane(at(moved)).scrollTop + line;
    if (moved > 0) {
      y = along(knots(moved), 1, 0, y);
      pane(at(0)).scrollTop = y - line;
    }
    room.chosen.slice(1).forEach((_, k) => {
      if (k + 1 !== moved) pane(at(k + 1)).scrollTop = along(knots(k + 1), 0, 1, y) - line;
    });
  }
  section.addEventListener(
    "scroll",
    (event) => {
      const moved = room.chosen.findIndex((i) => pane(sheets[i]) === event.target);
      if (moved >= 0 && performance.now() >= room.moving) align(moved);
    },
    { capture: true, passive: true },
  );
  /* A click on a shared passage brings its other side into view. */
  section.addEventListener("click", (event) => {
    const k = room.chosen.findIndex((i) => pane(sheets[i]).contains(event.target));
    if (k < 0 || event.target.closest("a, summary")) return;
    const spot =
      document.caretPositionFromPoint?.(event.clientX, event.clientY) ||
      (document.caretRangeFromPoint &&
        (({ startContainer, startOffset }) => ({ offsetNode: startContainer, offset: startOffset }))(
          document.caretRangeFromPoint(event.clientX, event.clientY),
        ));
    const entry = spot && textMap(at(k)).find((e) => e.node === spot.offsetNode);
    if (!entry) return;
    const offset = entry.start + [...entry.node.data.slice(0, spot.offset)].length;
    const side = k === 0 ? "a" : "b";
    const pair = room.pairs.find((p) => (k === 0 || p.k === k) && p[side][0] <= offset && offset <= p[side][1]);
    if (!pair) {
      mark("active", []);
      return;
    }
    const here = rangeOf(at(0), ...pair.a),
      there = rangeOf(at(pair.k), ...pair.b);
    mark("active", [here, there]);
    room.moving = performance.now() + 120;
    const height = event.clientY - pane(at(k)).getBoundingClientRect().top;
    if (k !== 0) pane(at(0)).scrollTop = top(at(0), here) - height + 10;
    if (k !== pair.k) pane(at(pair.k)).scrollTop = top(at(pair.k), there) - height + 10;
  });
  room.show = (i, start, end) => {
    if (!room.chosen.includes(i)) {
      room.chosen = [i, ...room.chosen.filter((v) => v !== i)].slice(0, Math.max(2, room.chosen.length));
      draw();
    }
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
  const sheet = byId(at.a),
    story = sheet && storyOf(sheet);
  if (!story) return;
  show(story);
  setUpRoom(story);
  story.room?.show?.(story.at.get(at.a), at.start, at.end);
  if (!story.room) mark("evidence", [rangeOf(sheet, at.start, at.end)]);
  sheet.scrollIntoView({ block: "start" });
  $(".text", sheet).focus({ preventScroll: true });
}

/* Permanent anchors. */
function follow() {
  const id = decodeURIComponent(location.hash.slice(1)),
    target = byId(id);
  if (!target) {
    if (many && !id) show(null);
    return;
  }
  const sheet = target.closest("article.sheet");
  if (sheet) {
    const from = target === sheet ? 0 : Number(id.slice(sheet.id.length + 1));
    visit({ a: sheet.id, start: from, end: target === sheet ? 0 : from + [...target.textContent].length });
    return;
  }
  const story = storyOf(target);
  if (story) show(story);
  else if (many && target.closest(".index")) show(null);
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  $$(".line.here").forEach((line) => line.classList.remove("here"));
  if (target.matches(".line")) target.classList.add("here");
  if (target.closest(".story")?.hidden === false || !story) target.scrollIntoView({ block: "start" });
}
function show(story) {
  if (!many) return;
  document.body.classList.add("paged");
  stories.forEach((one) => {
    one.root.hidden = one !== story;
  });
  const index = $("#index");
  if (index) index.hidden = Boolean(story);
  if (story && story !== current) {
    current = story;
    fillFilters();
  }
  if (story) {
    current = story;
    setUpRoom(story);
    decorate(story);
  }
  $(".tools")?.classList.toggle("no-story", !story);
}
window.addEventListener("hashchange", follow);
