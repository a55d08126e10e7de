// What scrolls is reached by keyboard: it gets a tab stop while it scrolls, and loses it when it no longer does. The theme does this
// for a part of what scrolls, as the page opens; a fold that opens, a narrower window and a variant make others.
(() => {
  "use strict";

  const MAY_SCROLL = "div, p, li, dd, pre, table";
  const AUTHORED = "div[tabindex='0']"; // a formula or trace that scrolls also in a notebook, which has no script for it
  const ours = new WeakSet(); // what has its tab stop from here

  // By rounding, a box is now and then one pixel smaller than its content. What a closed fold holds is not measured: a browser
  // would have to lay it out for that.
  function scrolls(box) {
    if (!box.checkVisibility()) return false;
    const wide = box.scrollWidth > box.clientWidth + 1;
    const high = box.scrollHeight > box.clientHeight + 1;
    if (!wide && !high) return false;
    const { overflowX, overflowY } = getComputedStyle(box);
    const moves = (overflow) => overflow === "auto" || overflow === "scroll";
    return (wide && moves(overflowX)) || (high && moves(overflowY));
  }

  function update(root) {
    const boxes = [...root.querySelectorAll(MAY_SCROLL)];
    const found = boxes.map(scrolls); // all are measured before the first is changed, so that the page is laid out once
    boxes.forEach((box, i) => {
      if (found[i]) {
        if (box.tabIndex < 0) {
          box.tabIndex = 0;
          ours.add(box);
        }
      } else if ((ours.has(box) || box.matches(AUTHORED)) && box !== document.activeElement) {
        box.removeAttribute("tabindex");
        ours.delete(box);
      }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("article") ?? document.body;
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        update(root);
      });
    };
    new ResizeObserver(soon).observe(root); // the window, a fold, letters that arrive late: each changes the size of the text
    new MutationObserver(soon).observe(root, { childList: true, subtree: true }); // formulas that are set, variants, panels
    root.addEventListener("toggle", soon, { capture: true }); // a fold may open in a box of a fixed size
    root.addEventListener("focusout", soon); // what had the focus kept its tab stop
  });
})();
