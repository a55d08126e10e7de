// What a page that folds does beyond its <details>: switches, links into folds, what is open after a reload,
// paper. It stands at the beginning of each such page and opens what is to be open while the page is still
// read, before it is shown, so nothing moves afterwards. Comments on lines of their own are left out there
// (nnutils/book/pages/folding/pages.py).
(() => {
  "use strict";

  const article = document.currentScript.closest("article") ?? document.body;
  const all = new Map(); // each <details> as it was written: its name, and whether it was open
  const of = (kind) => [...all.keys()].filter((one) => one.classList.contains(kind));
  const everyOpen = (some) => some.every((one) => one.open);
  const set = (some, open) => some.forEach((one) => { one.open = open; });

  // --- what is open stays so until the window is closed ----------------------------------------------------

  const KEY = `folds ${location.pathname}`;
  const changed = restored(); // the names of those that are not as they were written

  // The browser itself keeps how far the page was scrolled.
  function keep() {
    for (const [one, { name, open }] of all) {
      if (one.isConnected) changed[one.open === open ? "delete" : "add"](name);
    }
    try {
      if (changed.size) sessionStorage.setItem(KEY, JSON.stringify([...changed]));
      else sessionStorage.removeItem(KEY);
    } catch { /* storage is switched off or full: then the page forgets */ }
  }

  function restored() {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(KEY)));
    } catch {
      return new Set(); // nothing that can be read was kept
    }
  }

  const numbers = new Map(); // of those in a section, which has an address of its own

  function note(one) {
    const section = one.closest("section")?.id ?? "";
    const number = numbers.get(section) ?? 0;
    numbers.set(section, number + 1);
    const name = `${section} ${number}`;
    all.set(one, { name, open: one.open });
    if (changed.has(name)) one.open = !one.open;
  }

  // --- the two switches ------------------------------------------------------------------------------------

  const SWITCHES = {
    "fold-all": ["fold", "Show everything", "Hide everything"],
    "code-all": ["hide", "Show all code", "Hide all code"],
  };

  function label() {
    for (const [name, [kind, show, hide]] of Object.entries(SWITCHES)) {
      const button = article.querySelector(`button.${name}`);
      if (button) button.textContent = everyOpen(of(kind)) ? hide : show;
    }
  }

  function flip(button) {
    const [kind] = SWITCHES[button.className];
    set(of(kind), !everyOpen(of(kind)));
    label();
  }

  // --- what leads into a fold opens it, and what is around it ----------------------------------------------

  function reveal(element) {
    for (let node = element; node; node = node.parentElement) {
      if (node.localName === "details") node.open = true;
    }
    // an entry of a reference is named at its signature, and its fold stands in what follows that
    const holder = element.localName === "dt" ? element.nextElementSibling : element;
    const own = holder?.querySelector(":scope > details.fold");
    if (own) own.open = true;
  }

  function revealTarget(hash) {
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a lone % is no code: taken as it stands */ }
    const target = id && document.getElementById(id);
    if (target && article.contains(target)) reveal(target);
  }

  // Before the browser follows the link, so that it finds the target at its place. The address need not
  // change by it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".fold-switches button");
    if (button) flip(button);
    const link = event.target.closest?.("a[href*='#']");
    if (link && link.pathname === location.pathname && link.host === location.host) revealTarget(link.hash);
  });
  window.addEventListener("hashchange", () => revealTarget(location.hash));

  // Marks the words of a search and opens the one place that fits it best: a word counts the more, the rarer
  // it is here. Sphinx can do the marking but does not in a theme that loads the search on every page: it
  // takes each for the search page.
  function revealSearchHit() {
    if (typeof SphinxHighlight === "undefined") return;
    SphinxHighlight.highlightSearchWords();
    setTimeout(() => {
      const places = new Map(), often = {};
      for (const hit of article.querySelectorAll(".highlighted")) {
        const place = hit.closest("p, li, tr, pre, h1, h2, h3, summary, figure, .math") ?? hit;
        const word = hit.textContent.toLowerCase();
        places.set(place, (places.get(place) ?? new Set()).add(word));
        often[word] = (often[word] ?? 0) + 1;
      }
      const fit = (place) => [...places.get(place)].reduce((sum, word) => sum + 1 / often[word], 0);
      const best = [...places.keys()].reduce((a, b) => (a && fit(a) >= fit(b) ? a : b), null);
      if (!best || location.hash) return;
      reveal(best);
      best.scrollIntoView({ block: "center" });
    }, 100); // it marks them 10 ms later
  }

  // --- on paper: the text, but no code that the reader did not open ----------------------------------------

  let before = null; // what was open, while the page is printed
  window.addEventListener("beforeprint", () => {
    before ??= of("fold").map((one) => [one, one.open]);
    set(of("fold"), true);
  });
  window.addEventListener("afterprint", () => {
    for (const [one, open] of before ?? []) one.open = open;
    before = null;
  });

  // --- while the page is read ------------------------------------------------------------------------------

  // After a reload or a step back the browser goes to where the reader was, not to the target of the address.
  const arriving = performance.getEntriesByType("navigation")[0]?.type === "navigate" ? location.hash : "";

  function look() {
    for (const one of article.querySelectorAll("details")) if (!all.has(one)) note(one);
    revealTarget(arriving);
  }

  const reader = new MutationObserver(look);
  reader.observe(article, { childList: true, subtree: true });
  // `toggle` does not bubble, but is seen on its way down
  article.addEventListener("toggle", () => { if (!before) { keep(); label(); } }, true);

  // The first change is to "interactive": all is read, and no other script has run. DOMContentLoaded waits
  // for scripts.
  document.addEventListener("readystatechange", () => {
    look();
    reader.disconnect();
    label();
  }, { once: true });
  document.addEventListener("DOMContentLoaded", revealSearchHit);
})();
