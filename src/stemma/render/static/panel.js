/* The evidence panel: the words of a report in their paragraph, beside the line that rests on them. */
let panel = null,
  opener = null;
function openPanel(link) {
  const at = parse(link),
    sheet = at && byId(at.a);
  if (!sheet) return false;
  const story = storyOf(sheet),
    report = story.data.reports[story.at.get(at.a)];
  closePanel(false);
  opener = link;
  link.setAttribute("aria-expanded", "true");
  const text = make("div", { className: "ctxt", lang: report.l });
  const dir = $(".text", sheet).dir;
  if (dir) text.dir = dir;
  const paragraphs = $$(".text p", sheet),
    nodes = textMap(sheet);
  const inside = new Set(
    nodes
      .filter((entry) => entry.start < Math.max(at.end, at.start + 1) && entry.end > at.start)
      .map((entry) => entry.p),
  );
  const index = paragraphs.findIndex((p) => inside.has(p));
  paragraphs.forEach((p, k) => {
    if (inside.has(p)) {
      const from = Number(p.dataset.o),
        points = [...p.textContent];
      const low = Math.max(0, at.start - from),
        high = Math.min(points.length, at.end - from);
      text.append(
        make(
          "p",
          {},
          points.slice(0, low).join(""),
          make("b", {}, points.slice(low, high).join("")),
          points.slice(high).join(""),
        ),
      );
    } else if (k === index - 1 || k === index + inside.size) {
      const whole = p.textContent,
        cut = whole.length > 170;
      text.append(
        make(
          "p",
          { className: "near" },
          k < index
            ? cut
              ? "… " + whole.slice(-170).replace(/^\S*\s/, "")
              : whole
            : cut
              ? whole.slice(0, 170).replace(/\s\S*$/, "") + " …"
              : whole,
        ),
      );
    }
  });
  const line = link.closest(".line") || link.closest("li, p") || document.body,
    witnesses = $$("a.ref[data-w]", line),
    k = witnesses.indexOf(link);
  const step = (by, label) =>
    make(
      "button",
      { type: "button", disabled: !witnesses[k + by], onclick: () => openPanel(witnesses[k + by]) },
      label,
    );
  const title = make("h2", { tabIndex: -1 }, report.s + " " + report.n);
  panel = make(
    "aside",
    { className: "panel c" + report.c },
    make("header", {}, title, make("button", { type: "button", onclick: () => closePanel(true) }, W.panel.close)),
    text,
    ...(line.dataset?.x
      ? [make("p", { className: "explain" }, W.panel.explain + ": ", make("code", {}, explained(line)))]
      : []),
    make(
      "footer",
      {},
      make(
        "button",
        {
          type: "button",
          onclick: () => {
            closePanel(false);
            visit(at);
          },
        },
        W.panel.open,
      ),
      ...(witnesses.length > 1 ? [step(-1, W.panel.before), step(1, W.panel.after)] : []),
    ),
  );
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
  if (event.key === "Escape") {
    closeMenu(true) || closePanel(true);
  }
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "")) {
    const field = $(".tools input");
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }
});
