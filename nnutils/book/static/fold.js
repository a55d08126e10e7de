// Folds the answer of a question page: every section from "Solution" on. Without JavaScript all of it is simply there.
(() => {
  "use strict";

  const FIRST = "solution"; // the id that Sphinx makes from the heading
  const root = document.documentElement;
  root.classList.add("fold-pending"); // book.css hides the answer until it is folded

  function fold(section) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const heading = section.querySelector(":scope > h2");
    details.className = "fold";
    details.append(summary, ...section.childNodes);
    summary.append(heading);
    section.append(details);
    return details;
  }

  // Opens whatever hides an element: our sections, and the hints.
  function reveal(element) {
    for (let node = element; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
    element.querySelector(":scope > details.fold")?.setAttribute("open", "");
  }

  function revealTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    target.scrollIntoView();
  }

  // Marks the words of a search and opens what hides them. Sphinx can do the marking but does not in this theme, which loads the
  // search on every page: Sphinx takes each for the search page.
  function revealSearchHits() {
    if (typeof SphinxHighlight === "undefined" || document.getElementById("search-results")) return;
    SphinxHighlight.highlightSearchWords();
    setTimeout(() => {
      const hits = [...document.querySelectorAll("article .highlighted")];
      hits.forEach(reveal);
      if (!location.hash) hits[0]?.scrollIntoView({ block: "center" });
    }, 100); // it marks them 10 ms later
  }

  function foldPage() {
    const first = document.querySelector(`article section#${FIRST}`);
    if (!first?.querySelector(":scope > h2")) return;
    const sections = [...first.parentElement.children].slice([...first.parentElement.children].indexOf(first));
    const folds = sections.filter((node) => node.tagName === "SECTION").map(fold);

    const all = document.createElement("button");
    all.type = "button";
    all.className = "fold-all";
    const label = () => { all.textContent = folds.every((f) => f.open) ? "Hide everything" : "Show everything"; };
    const set = (open) => folds.forEach((f) => { f.open = open; });
    all.addEventListener("click", () => set(!folds.every((f) => f.open)));
    first.before(all);
    label();

    // The later sections presuppose the solution: who opens it wants them too. `toggle` also fires for what scripts open, and a
    // link into one later section is no reason to open the others, so this listens to the reader's click or key instead.
    folds[0].querySelector("summary").addEventListener("click", (event) => {
      if (!folds[0].open && !event.target.closest("a")) folds.slice(1).forEach((f) => { f.open = true; });
    });
    folds.forEach((f) => f.addEventListener("toggle", label));

    window.addEventListener("hashchange", revealTarget);
    // a second click on the same link changes no hash
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link && link.hash && link.hash === location.hash) revealTarget();
    });

    let before = [];
    window.addEventListener("beforeprint", () => { before = folds.map((f) => f.open); set(true); });
    window.addEventListener("afterprint", () => folds.forEach((f, i) => { f.open = before[i]; }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    try {
      foldPage();
    } finally {
      root.classList.remove("fold-pending");
    }
    if (location.hash) revealTarget();
    revealSearchHits();
  });
})();
