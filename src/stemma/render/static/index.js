/* The index of many stories. */
if (many) {
  const table = $("table.stories");
  if (table)
    $$("thead th", table).forEach((head, column) => {
      const button = make("button", { type: "button", title: W.index.sort }, head.textContent);
      head.replaceChildren(button);
      button.onclick = () => {
        const up =
          head.getAttribute("aria-sort") === "descending" ||
          (head.dataset.sort === "text" && !head.hasAttribute("aria-sort"));
        $$("th[aria-sort]", table).forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => {
          const cell = row.cells[column];
          return head.dataset.sort === "number"
            ? Number(cell.textContent) || 0
            : (cell.dataset.v ?? cell.textContent);
        };
        const rows = [...table.tBodies[0].rows]
          .map((row) => [value(row), row])
          .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (up ? 1 : -1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      };
    });
  const search = make("input", { type: "search", placeholder: W.page.search_hint });
  search.setAttribute("aria-label", W.index.search);
  const told = make("span", { className: "status", role: "status" }),
    codes = [...new Set($$("tr[data-l]").flatMap((row) => row.dataset.l.split(" ")))].filter(Boolean).sort();
  const tongue =
    codes.length > 1
      ? make(
          "select",
          {},
          make("option", { value: "" }, W.page.all),
          ...codes.map((code) => make("option", { value: code }, W.languages[code.split("-")[0]] || code)),
        )
      : null;
  const several = document.body.classList.contains("shelf") ? make("input", { type: "checkbox" }) : null;
  const narrow = () => {
    const asked = meeting(search.value),
      fits = (node) => has(node, asked);
    let rows = 0;
    if (table)
      for (const row of table.tBodies[0].rows) {
        row.hidden =
          !fits(row) ||
          Boolean(tongue?.value && !row.dataset.l?.split(" ").includes(tongue.value)) ||
          Boolean(several?.checked && Number(row.cells[1].textContent) < 2);
        if (!row.hidden) rows++;
      }
    if (table)
      told.textContent =
        search.value || tongue?.value || several?.checked
          ? fill(W.index.shown, { n: rows, of: table.tBodies[0].rows.length })
          : "";
    const nothing = $(".nothing");
    if (nothing) nothing.hidden = rows > 0;
    let n = 0;
    for (const item of $$(".singles > ul > li")) {
      item.hidden = !fits(item);
      if (!item.hidden) n++;
    }
    const fold = $(".singles");
    if (fold && asked.length && n) fold.open = true;
  };
  search.addEventListener("input", later(narrow, 140));
  tongue?.addEventListener("change", narrow);
  several?.addEventListener("change", narrow);
  const holder = $(".index-tools");
  if (holder) {
    holder.append(
      search,
      ...(tongue ? [make("label", {}, W.page.language, tongue)] : []),
      ...(several ? [make("label", {}, several, W.index.several)] : []),
      told,
    );
    holder.hidden = false;
  }
}
