/* Copying a line with its sources and verdict. */
let menu = null,
  menuFrom = null;
function closeMenu(back) {
  if (!menu) return false;
  menu.remove();
  menu = null;
  menuFrom.setAttribute("aria-expanded", "false");
  if (back) menuFrom.focus();
  return true;
}
document.addEventListener("click", (event) => {
  if (menu && !menu.contains(event.target) && event.target !== menuFrom) closeMenu(false);
});
const plain = (node, drop = "del, .refs, .ref, .copy, .support, .vh, details") => {
  if (!node) return "";
  const copy = node.cloneNode(true);
  $$(drop, copy).forEach((one) => one.remove());
  $$("q:not(.plain)", copy).forEach((q) => q.replaceWith("“" + q.textContent + "”"));
  return copy.textContent.replace(/\s+/g, " ").trim();
};
function witness(link) {
  const at = parse(link),
    story = storyOf(link),
    report = at && story?.data.reports[story.at.get(at.a)];
  return (
    report && {
      siglum: report.s,
      place: link.textContent.replace(report.s, "").trim(),
      report: report.n,
      start: at.start,
      end: at.end,
      words: words(byId(at.a), at.start, at.end),
    }
  );
}
const witnesses = (root) => $$("a.ref[data-w]", root).map(witness).filter(Boolean);
function record(line) {
  const groups = $$(".readings > li, .renderings > li", line);
  const items = groups.length
    ? groups.map((group) => ({
        value: plain($(".value", group)) || undefined,
        text: plain($(".ctx, .words", group)),
        verdict: plain($(".drift", group)) || undefined,
        witnesses: witnesses(group),
      }))
    : [{ text: plain($(".says, .words, .ctx, .step", line)), witnesses: witnesses(line) }];
  const verdict = [
    plain($(".verdict, .slot .kind, .quad, .basis", line)).replace(/^· /, ""),
    $(".support", line)?.getAttribute("aria-label"),
    plain($(".note", line)),
  ]
    .filter(Boolean)
    .join(". ");
  const head = $("h4, th, .when .date", line) || $("h4", line.closest(".speaker") || line);
  return {
    id: line.dataset.x || line.id,
    kind: line.closest("[data-kind]")?.dataset.kind || "",
    story: $("h2", storyOf(line)?.root)?.textContent || "",
    heading: plain(head, ".kind, .vh, .arrow-word, .doubt, .copy").replace(/\s+/g, " "),
    verdict,
    items,
  };
}
const cite = (w) => `${w.siglum} ${w.place} (${w.report})`;
function written(line, how) {
  const found = record(line),
    link = location.href.split("#")[0] + "#" + line.id;
  if (how === "json") return JSON.stringify(found, null, 1);
  if (how === "link") return link;
  if (how === "explain") return explained(line);
  const md = how === "markdown";
  const head = [found.heading && (md ? `**${found.heading}**` : found.heading), found.verdict]
    .filter(Boolean)
    .join(md ? " — " : ": ");
  const body = found.items
    .map(
      (item) =>
        `${md ? "- " : "• "}${item.value ? (md ? `**${item.value}**: ` : item.value + ": ") : ""}${item.text}${item.verdict ? ` [${item.verdict}]` : ""}\n${md ? "  *" : "  "}${W.copy.sources}: ${item.witnesses.map(cite).join("; ")}${md ? "*" : ""}`,
    )
    .join("\n");
  return [head, body].filter(Boolean).join("\n") + "\n";
}
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = W.copy.done;
    setTimeout(() => closeMenu(true), 700);
    return;
  } catch {
    /* not allowed here: offer the text itself */
  }
  const area = make("textarea", { value: text, readOnly: true });
  menu.replaceChildren(make("p", { className: "fine" }, W.copy.failed), area);
  area.focus();
  area.select();
  try {
    if (document.execCommand("copy")) {
      closeMenu(true);
    }
  } catch {
    /* the text stays selected */
  }
}
function openMenu(button) {
  if (closeMenu(false) && menuFrom === button) return;
  menuFrom = button;
  button.setAttribute("aria-expanded", "true");
  menu = make(
    "div",
    { className: "copymenu" },
    ...["text", "markdown", "json", "link", ...(button.closest(".line").dataset.x ? ["explain"] : [])].map((how) =>
      make(
        "button",
        { type: "button", onclick: (event) => copy(written(button.closest(".line"), how), event.target) },
        W.copy[how],
      ),
    ),
  );
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
      const button = make(
        "button",
        { type: "button", className: "copy", onclick: () => openMenu(button) },
        W.copy.button,
      );
      button.setAttribute("aria-expanded", "false");
      (line.matches("tr") ? $("td", line) : line).append(button);
    }
    if (lines.length) setTimeout(some, 30);
  };
  some();
}
