// Makes what is wider than the paper smaller: a table, a formula, a line of code. The document is as wide on the screen as on paper.
(() => {
  "use strict";

  const LEAST = 0.45; // smaller letters could not be read

  // All are measured before one is changed: in a table each would make the room of the next one smaller.
  function fit(elements) {
    const measured = elements.map((one) => [one, one.parentElement.getBoundingClientRect().width, one.getBoundingClientRect().width]);
    for (const [one, room, width] of measured) {
      if (room && width > room + 1) one.style.zoom = Math.max(LEAST, room / width);
    }
  }

  const all = (selector) => [...document.querySelectorAll(selector)];
  window.addEventListener("load", () => document.fonts.ready.then(() => {
    fit(all(".math > math, div.formula > math, p > math, li > math").filter((one) => !one.closest("table")));
    fit(all("table"));
    document.documentElement.dataset.fitted = "yes";
  }));
})();
