/* Where the reader is, printing, and the first view. */
if ("IntersectionObserver" in window) {
  const links = new Map($$(".contents a[href^='#']").map((link) => [link.getAttribute("href").slice(1), link]));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        if (entry.isIntersecting) {
          const link = links.get($("h3", entry.target)?.id);
          if (link) {
            $$("a[aria-current]", link.closest("nav")).forEach((one) => one.removeAttribute("aria-current"));
            link.setAttribute("aria-current", "true");
          }
        }
    },
    { rootMargin: "-10% 0px -80% 0px" },
  );
  $$(".story section").forEach((section) => watch.observe(section));
}
addEventListener("beforeprint", () => {
  $$("section.room .sheet").forEach((sheet) => {
    sheet.hidden = false;
  });
});
addEventListener("afterprint", () => {
  for (const story of stories)
    if (story.room)
      $$("section.room .sheet", story.root).forEach((sheet) => {
        sheet.hidden = !story.room.chosen.includes(story.at.get(sheet.id));
      });
});

if (many) show(null);
else if (current) {
  setUpRoom(current);
  decorate(current);
}
fillFilters();
if (location.hash) follow();
