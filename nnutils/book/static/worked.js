// Shows how a worked number was made, in a tip: while the pointer is on the number or on the tip, while the keyboard is on the number,
// and, after a click, a tap or Enter, until it is closed. Escape closes it. Without JavaScript the title attribute does.
(() => {
  "use strict";

  const GAP = 8; // pixels between the tip and the number, and between the tip and the edge of the screen
  const LEAVING = 250; // milliseconds that the pointer has to get from the number to the tip
  const BLOCK = "p, ul, ol, dl, figcaption, .text_html";
  const KEYS = "Arrow keys: the other numbers here";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
  const tip = document.createElement("div");
  tip.className = "worked-tip";
  tip.id = "worked-tip";
  tip.setAttribute("role", "tooltip");
  let shown = null;
  let pinned = false; // shown until it is closed, not only while it is pointed at
  let leaving = 0;

  // --- the tip ---------------------------------------------------------------------------------------------

  function place() {
    const number = shown.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const left = Math.min(number.left, document.documentElement.clientWidth - box.width - GAP);
    const above = number.top - box.height - GAP;
    tip.style.left = `${Math.max(GAP, left)}px`;
    tip.style.top = `${above >= GAP ? above : number.bottom + GAP}px`;
  }

  function show(number) {
    clearTimeout(leaving);
    if (shown === number) return;
    hide();
    shown = number;
    tip.textContent = number.dataset.work;
    delete tip.dataset.keys;
    if (number.matches(":focus-visible") && together(number).length > 1) tip.dataset.keys = KEYS;
    document.body.append(tip);
    number.setAttribute("aria-expanded", "true");
    place();
  }

  function hide() {
    clearTimeout(leaving);
    shown?.setAttribute("aria-expanded", "false");
    shown = null;
    pinned = false;
    tip.remove();
  }

  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (!pinned && document.activeElement !== shown) hide(); }, LEAVING);
  }

  function press(number) {
    if (shown === number && pinned) {
      hide();
    } else {
      show(number);
      pinned = true;
    }
  }

  // --- the numbers -----------------------------------------------------------------------------------------

  // A page holds up to a hundred of them. Those of a paragraph, a list or a table are one stop of the tab key, and the arrow keys
  // lead from one to the next; otherwise they would stand between a reader and the next link.
  function blockOf(number) {
    return number.closest("table") ?? number.closest(BLOCK) ?? number.parentElement; // a cell may hold paragraphs
  }

  function together(number) {
    const block = blockOf(number);
    return [...block.querySelectorAll(".worked")].filter((one) => blockOf(one) === block);
  }

  function stopAt(number) {
    for (const one of together(number)) one.tabIndex = one === number ? 0 : -1;
  }

  // The number of the next or the last row that has one at the same place.
  function along(number, key) {
    const row = number.closest("tr");
    if (!row || (key !== "ArrowUp" && key !== "ArrowDown")) return undefined;
    const column = number.closest("th, td")?.cellIndex;
    const rows = [...row.closest("table").rows];
    const later = key === "ArrowDown" ? rows.slice(row.rowIndex + 1) : rows.slice(0, row.rowIndex).reverse();
    return later.map((other) => other.cells[column]?.querySelector(".worked")).find(Boolean);
  }

  function go(event) {
    const number = event.currentTarget;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault(); // the space bar would scroll
      press(number);
      return;
    }
    const all = together(number);
    const next = event.key in STEPS ? all[all.indexOf(number) + STEPS[event.key]] : along(number, event.key);
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stopAt(next);
    next.focus();
  }

  // Our tip instead of the browser's, which knows neither keyboard nor touch. It stays a span: the text of a button cannot be
  // selected and copied everywhere.
  function carry(root) {
    const found = [...root.querySelectorAll(".worked[title]")];
    for (const number of found) {
      number.dataset.work = number.title;
      number.removeAttribute("title");
      number.setAttribute("role", "button");
      number.setAttribute("aria-expanded", "false");
      number.setAttribute("aria-description", number.dataset.work);
      number.tabIndex = -1;
      number.addEventListener("mouseenter", () => { if (!pinned) show(number); });
      number.addEventListener("mouseleave", leave);
      number.addEventListener("focus", () => { if (number.matches(":focus-visible")) show(number); });
      number.addEventListener("blur", () => { if (shown === number && !pinned) hide(); });
      number.addEventListener("click", () => press(number));
      number.addEventListener("keydown", go);
    }
    for (const number of found) if (together(number)[0] === number) number.tabIndex = 0;
  }

  document.addEventListener("showYourWork:content", (event) => { // what a live panel shows, made later
    hide();
    carry(event.target);
  });

  document.addEventListener("DOMContentLoaded", () => {
    carry(document);
    tip.addEventListener("mouseenter", () => clearTimeout(leaving));
    tip.addEventListener("mouseleave", leave);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("click", (event) => { if (!event.target.closest(".worked, .worked-tip")) hide(); });
    const follow = () => { if (shown) place(); };
    window.addEventListener("scroll", follow, { passive: true, capture: true }); // capture: tables scroll in their own box
    window.addEventListener("resize", follow);
  });
})();
