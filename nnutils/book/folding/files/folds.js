// What a page that folds does beyond its <details>: switches, links into folds, what is open after a reload, paper.
// It stands at the end of the text of each page and runs before the page is first shown, so nothing moves afterwards.
// Comments on lines of their own are left out there (nnutils/book/folding/pages.py).
(() => {
  "use strict";

  const article = document.currentScript.closest("article") ?? document.body;
  const all = [...article.querySelectorAll("details")];
  const folds = all.filter((one) => one.classList.contains("fold"));
  const code = all.filter((one) => one.classList.contains("hide"));
  const written = all.map((one) => one.open);
  const everyOpen = (some) => some.every((one) => one.open);
  const set = (some, open) => some.forEach((one) => { one.open = open; });

  // --- what is open stays so until the window is closed ------------------------------------------------------------

  const KEY = `folds ${location.pathname}`;

  // The places in `all` of what is not as it was written. The browser itself keeps how far the page was scrolled.
  function keep() {
    const changed = all.flatMap((one, i) => (one.open === written[i] ? [] : [i]));
    try {
      if (changed.length) sessionStorage.setItem(KEY, JSON.stringify({ of: all.length, changed }));
      else sessionStorage.removeItem(KEY);
    } catch { /* storage is switched off or full: then the page forgets */ }
  }

  function restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      if (kept?.of !== all.length) return;
      for (const i of kept.changed) if (all[i]) all[i].open = !written[i];
    } catch { /* nothing that can be read was kept */ }
  }

  // --- the two switches --------------------------------------------------------------------------------------------

  function switched(selector, some, show, hide) {
    const button = article.querySelector(selector);
    if (!button) return () => {};
    const label = () => { button.textContent = everyOpen(some) ? hide : show; };
    button.addEventListener("click", () => { set(some, !everyOpen(some)); label(); });
    return label;
  }

  const labels = [
    switched(".fold-all", folds, "Show everything", "Hide everything"),
    switched(".code-all", code, "Show all code", "Hide all code"),
  ];

  // --- what leads into a fold opens it, and what is around it ------------------------------------------------------

  function reveal(element) {
    for (let node = element; node; node = node.parentElement) if (node.localName === "details") node.open = true;
    const own = element.querySelector(":scope > details.fold");
    if (own) own.open = true;
  }

  function revealTarget(hash) {
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a lone % is no code: taken as it stands */ }
    const target = id && document.getElementById(id);
    if (target && article.contains(target)) reveal(target);
  }

  // Before the browser follows the link, so that it finds the target at its place. The address need not change by it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link && link.pathname === location.pathname && link.host === location.host) revealTarget(link.hash);
  });
  window.addEventListener("hashchange", () => revealTarget(location.hash));

  // Marks the words of a search and opens the one place that has most of them. Sphinx can do the marking but does not in
  // a theme that loads the search on every page: it takes each for the search page.
  function revealSearchHit() {
    if (typeof SphinxHighlight === "undefined" || document.getElementById("search-results")) return;
    SphinxHighlight.highlightSearchWords();
    setTimeout(() => {
      const words = new Map();
      for (const hit of article.querySelectorAll(".highlighted")) {
        const place = hit.closest("p, li, tr, pre, h1, h2, h3, summary, figure, .math") ?? hit;
        words.set(place, (words.get(place) ?? new Set()).add(hit.textContent.toLowerCase()));
      }
      const most = Math.max(0, ...[...words.values()].map((found) => found.size));
      const best = [...words.keys()].find((place) => words.get(place).size === most);
      if (!best || location.hash) return;
      reveal(best);
      best.scrollIntoView({ block: "center" });
    }, 100); // it marks them 10 ms later
  }

  // --- on paper: the text, but no code that the reader did not open ------------------------------------------------

  let before = null; // what was open, while the page is printed
  window.addEventListener("beforeprint", () => {
    before ??= folds.map((one) => one.open);
    set(folds, true);
  });
  window.addEventListener("afterprint", () => {
    before?.forEach((open, i) => { folds[i].open = open; });
    before = null;
  });

  restore();
  // After a reload or a step back the browser goes to where the reader was, not to the target of the address.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") revealTarget(location.hash);
  labels.forEach((label) => label());
  // `toggle` does not bubble, but is seen on its way down
  article.addEventListener("toggle", () => { if (!before) { keep(); labels.forEach((label) => label()); } }, true);
  document.addEventListener("DOMContentLoaded", revealSearchHit);
})();
