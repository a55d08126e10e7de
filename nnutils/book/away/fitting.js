// Makes what is wider than the paper smaller: a table, a formula, a line of code. The document is as wide on the screen as on paper.
(() => {
  "use strict";

  const LEAST = 0.45; // smaller letters could not be read

  function fit(element, room) {
    const width = Math.max(element.scrollWidth, element.getBoundingClientRect().width);
    if (width > room + 0.5) element.style.zoom = Math.max(LEAST, room / width);
  }

  window.addEventListener("load", () => document.fonts.ready.then(() => {
    for (const formula of document.querySelectorAll(".math > math, div.formula > math, p > math, li > math")) {
      fit(formula, formula.parentElement.clientWidth);
    }
    for (const table of document.querySelectorAll("table")) fit(table, table.parentElement.clientWidth);
    document.documentElement.dataset.fitted = "yes";
  }));
})();
