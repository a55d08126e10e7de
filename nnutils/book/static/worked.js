// Shows how a worked number was made: on hover, on keyboard focus, on a tap. Without JavaScript the title attribute does.
(() => {
  "use strict";

  const GAP = 8; // pixels between the tip and the number, and between the tip and the edge of the screen
  const tip = document.createElement("div");
  tip.className = "worked-tip";
  tip.id = "worked-tip";
  tip.setAttribute("role", "tooltip");
  let shown = null;

  function place() {
    const number = shown.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const left = Math.min(number.left, document.documentElement.clientWidth - box.width - GAP);
    const above = number.top - box.height - GAP;
    tip.style.left = `${Math.max(GAP, left)}px`;
    tip.style.top = `${above >= GAP ? above : number.bottom + GAP}px`;
  }

  function show(number) {
    if (shown === number) return;
    hide();
    shown = number;
    tip.textContent = number.dataset.work;
    document.body.append(tip);
    number.setAttribute("aria-describedby", tip.id);
    place();
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.remove();
  }

  // our tip instead of the browser's, which knows neither keyboard nor touch
  function carry(root) {
    for (const number of root.querySelectorAll(".worked[title]")) {
      number.dataset.work = number.title;
      number.removeAttribute("title");
      number.addEventListener("mouseenter", () => show(number));
      number.addEventListener("mouseleave", () => { if (document.activeElement !== number) hide(); });
      number.addEventListener("focus", () => show(number));
      number.addEventListener("blur", hide);
      number.addEventListener("click", () => show(number)); // not every phone focuses what is tapped
    }
  }

  document.addEventListener("showYourWork:content", (event) => { // what a live panel shows, made later
    hide();
    carry(event.target);
  });

  document.addEventListener("DOMContentLoaded", () => {
    carry(document);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("click", (event) => { if (!event.target.closest(".worked")) hide(); });
    const follow = () => { if (shown) place(); };
    window.addEventListener("scroll", follow, { passive: true, capture: true }); // capture: tables scroll in their own box
    window.addEventListener("resize", follow);
  });
})();
